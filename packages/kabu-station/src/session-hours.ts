import { instantOf, sessionTimes, type TradeDate } from '@daytrade/market';

const minute = 60_000;

/** Instants of a live session, milliseconds since 1970 UTC. */
export interface LiveHours {
  /** From when on it decides and sends. */
  readonly preOpen: number;
  /** From when on nothing that opens a position is sent any more. */
  readonly lastSend: number;
  readonly open: number;
  readonly morningClose: number;
  readonly afternoonOpen: number;
  /** When what is held gets its order for the closing auction. */
  readonly closing: number;
  readonly continuousClose: number;
  readonly close: number;
  /** When what became of everything has been seen. */
  readonly end: number;
}

/** The hours of a live session, by the exchange's clock. */
export function liveHours(session: TradeDate): LiveHours {
  const times = sessionTimes(session);
  const [open, close] = [instantOf(session, times.morningOpen), instantOf(session, times.close)];
  return {
    preOpen: open - 14 * minute,
    lastSend: open - minute / 2,
    open,
    morningClose: instantOf(session, times.morningClose),
    afternoonOpen: instantOf(session, times.afternoonOpen),
    closing: close - 10 * minute,
    continuousClose: instantOf(session, times.continuousClose),
    close,
    end: close + 2 * minute,
  };
}

/** Whether the exchange trades continuously. */
export function isContinuous({ open, morningClose, afternoonOpen, continuousClose }: LiveHours, now: number): boolean {
  return (now >= open && now < morningClose) || (now >= afternoonOpen && now < continuousClose);
}
