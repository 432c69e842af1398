import type { PaperStep } from '@daytrade/contracts';
import { instantOf, sessionTimes, type TradeDate } from '@daytrade/market';

const minute = 60_000;

/** A step of a session and the instant from which on it is due, milliseconds since 1970 UTC. */
export interface DueStep {
  readonly step: PaperStep;
  readonly at: number;
}

/**
 * The steps of a session by the exchange's clock: orders are sent 15 minutes before the open, the session is looked at
 * when its first bars and those of the morning are finished and before its close, and settled when its bars are there.
 */
export function stepsOf(session: TradeDate): readonly DueStep[] {
  const { morningOpen, morningClose, close } = sessionTimes(session);
  return [
    { step: 'pre-open', at: instantOf(session, morningOpen) - 15 * minute },
    { step: 'open', at: instantOf(session, morningOpen) + 10 * minute },
    { step: 'lunch', at: instantOf(session, morningClose) + 5 * minute },
    { step: 'pre-close', at: instantOf(session, close) - 10 * minute },
    { step: 'close', at: instantOf(session, close) + 15 * minute },
  ];
}

/** The newest step that is due; undefined before the first. */
export function newestStep(session: TradeDate, now: number): PaperStep | undefined {
  return stepsOf(session).findLast(({ at }) => at <= now)?.step;
}
