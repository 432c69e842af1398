import type { PaperEvent, PaperOrderState } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';

/** What may happen to an order in each state. One that was cancelled may turn out to have traded before. */
const transitions: Readonly<Record<PaperOrderState, readonly PaperEvent['kind'][]>> = {
  intended: ['sent', 'cancelled', 'expired'],
  sent: ['accepted', 'refused', 'cancelled'],
  accepted: ['filled', 'cancelled', 'expired'],
  filled: ['filled'],
  cancelled: ['filled'],
  refused: [],
  expired: [],
};

/** Whether an order may still trade. */
export function isOpen(state: PaperOrderState): boolean {
  return state === 'intended' || state === 'sent' || state === 'accepted';
}

/** @throws DayTradeError `internal.bug` for what cannot happen to an order in its state */
export function checkTransition(order: string, state: PaperOrderState, kind: PaperEvent['kind']): void {
  if (transitions[state].includes(kind)) return;
  throw new DayTradeError('internal.bug', `paper order ${order} is ${state} and cannot be ${kind}`, {
    details: { order, state, kind },
  });
}
