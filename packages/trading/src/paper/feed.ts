import type { TradeDate } from '@daytrade/market';
import type { SessionParts } from './session-data.ts';

/** What is known of a session, and of which exchange. */
export interface Known extends SessionParts {
  readonly synthetic: boolean;
}

/** What is known of the market, read when a step needs it. */
export interface Feed {
  /** Bars up to a session and the forecasts that were published of it before it opened. */
  read(session: TradeDate): Promise<Known>;
}
