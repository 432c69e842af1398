import type { AskedOrder, PaperEvent, PaperOrder, PaperOrderState, PaperSettings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { TradeDate } from '@daytrade/market';

/** Possible events of an order in each state. A cancelled order may have traded before. */
const transitions: Readonly<Record<PaperOrderState, readonly PaperEvent['kind'][]>> = {
  intended: ['sent', 'cancelled', 'expired'],
  sent: ['accepted', 'refused', 'cancelled'],
  accepted: ['filled', 'cancelled', 'expired'],
  filled: ['filled'],
  cancelled: ['filled'],
  refused: [],
  expired: [],
};
const openStates: readonly PaperOrderState[] = ['intended', 'sent', 'accepted'];

/** @throws DayTradeError `internal.bug` for an event that is impossible in the order's state */
function checkTransition(order: string, state: PaperOrderState, kind: PaperEvent['kind']): void {
  if (transitions[state].includes(kind)) return;
  throw new DayTradeError('internal.bug', `paper order ${order} is ${state} and cannot be ${kind}`, {
    details: { order, state, kind },
  });
}

export type BookOrder = { -readonly [Field in keyof PaperOrder]: PaperOrder[Field] } & {
  /** Instants of sending and cancelling, milliseconds since 1970 UTC; NaN if neither happened. */
  sentAt: number;
  cancelledAt: number;
  /** Closes a position that a day account must not hold overnight, also during a halt. */
  readonly isForced: boolean;
};

type Of<Kind extends PaperEvent['kind']> = PaperEvent & { readonly kind: Kind };

/** Author, time and reason of a halt. */
type Halt = Pick<PaperEvent, 'at' | 'by'> & { readonly reason: string };

/** State of a paper book, built from its log alone. */
export class PaperBook {
  readonly events: readonly PaperEvent[];
  readonly orders = new Map<string, BookOrder>();
  readonly decisions: Of<'decided'>[] = [];
  readonly closes: Of<'closed'>[] = [];
  started: Of<'started'> | undefined;
  stopped: Of<'stopped'> | undefined;
  halted: Halt | undefined;
  /** The newest valuation of the running session. */
  valued: Of<'valued'> | undefined;

  /** @throws DayTradeError `internal.bug` for an event that cannot follow those before it */
  constructor(events: readonly PaperEvent[]) {
    this.events = events;
    for (const event of events) this.#apply(event);
  }

  get settings(): PaperSettings | undefined {
    return this.started;
  }

  get isRunning(): boolean {
    return this.started !== undefined && this.stopped === undefined;
  }

  has(key: string): boolean {
    return this.events.some((event) => event.key === key);
  }

  /** The session that is decided and not closed. */
  get unsettled(): TradeDate | undefined {
    const newest = this.decisions.at(-1)?.session ?? undefined;
    return newest !== undefined && this.closes.at(-1)?.session !== newest ? newest : undefined;
  }

  ordersOf(session: string): readonly BookOrder[] {
    return [...this.orders.values()].filter((order) => order.session === session);
  }

  get openOrders(): readonly BookOrder[] {
    return [...this.orders.values()].filter(({ state }) => openStates.includes(state));
  }

  #apply(event: PaperEvent): void {
    switch (event.kind) {
      case 'started':
        this.started = event;
        break;
      case 'stopped':
        this.stopped = event;
        break;
      case 'halted':
        this.halted ??= event;
        break;
      case 'released':
        this.halted = undefined;
        break;
      case 'decided':
        this.decisions.push(event);
        break;
      case 'valued':
        this.valued = event;
        break;
      case 'closed':
        this.closes.push(event);
        this.valued = undefined;
        break;
      case 'split':
        break;
      case 'intended':
        this.orders.set(event.order!, newOrder(event));
        break;
      default:
        this.#applyToOrder(event);
    }
  }

  #applyToOrder(event: Of<'sent' | 'accepted' | 'refused' | 'cancelled' | 'expired' | 'filled'>): void {
    const order = event.order === null ? undefined : this.orders.get(event.order);
    if (order === undefined) return;
    const { state } = order;
    checkTransition(order.key, state, event.kind);
    order.at = event.at;
    if (event.kind === 'sent') order.sentAt = Date.parse(event.at);
    if (event.kind === 'cancelled') order.cancelledAt = Date.parse(event.at);
    if ('reason' in event) order.reason = event.reason;
    if (event.kind !== 'filled') {
      order.state = event.kind;
      return;
    }
    if (event.why !== 'entry') return;
    const filled = order.filled + event.shares;
    order.filledAt = ((order.filledAt ?? 0) * order.filled + event.price * event.shares) / filled;
    order.filled = filled;
    if (filled === order.shares && state === 'accepted') order.state = 'filled';
  }
}

function newOrder(event: Of<'intended'>): BookOrder {
  const { symbol, side, shares, type, time, price, stopLoss, takeProfit, closes } = event;
  const asked: AskedOrder = { symbol, side, shares, type, time, price, stopLoss, takeProfit, closes };
  return {
    key: event.order!,
    session: event.session!,
    ...asked,
    state: 'intended',
    filled: 0,
    filledAt: null,
    reason: null,
    at: event.at,
    sentAt: NaN,
    cancelledAt: NaN,
    isForced: event.order!.includes('/broker/'),
  };
}
