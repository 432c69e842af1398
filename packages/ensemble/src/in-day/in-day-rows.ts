import type { InDayHorizon } from '@daytrade/market';
import type { LimitBands, SessionSnapshot } from '@daytrade/series';
import type { DailyKnown } from './daily-known.ts';
import { type ColumnPair, gapColumns, morningColumns, overnightColumns, pathColumns } from './session-columns.ts';

/** What is known of the symbols when a forecast within the day is made, one value a symbol. */
export interface InDayRow extends ColumnPair {
  /** From which the close is forecast: the last traded price; before an ex-day's open less the expected dividend. */
  readonly price: Float64Array;
  /** Close of the session before. */
  readonly previousClose: Float64Array;
  /** Bands of the session's prices. */
  readonly limits: LimitBands;
  /** EWMA scale of returns from the open to the close; before the open, from close to close. */
  readonly ewma: Float64Array;
}

/**
 * Says session after session, in time order, what is known of each symbol at one time of the day. Training, evaluation
 * and forecasts all take their columns from it.
 */
export class InDayRows {
  readonly #horizon: InDayHorizon;

  constructor(horizon: InDayHorizon) {
    this.#horizon = horizon;
  }

  /** What is known at the horizon of a session, from what is known of its day and of the session so far. */
  row(known: DailyKnown, now: SessionSnapshot): InDayRow {
    const parts = this.#parts(known, now);
    const beforeOpen = this.#horizon === 'close@08:30';
    return {
      price: beforeOpen ? known.base : now.price,
      previousClose: known.previousClose,
      limits: known.limits,
      ewma: beforeOpen ? known.whole : known.within,
      scale: Object.assign({}, ...parts.map(({ scale }) => scale)),
      centre: Object.assign({}, ...parts.map(({ centre }) => centre)),
    };
  }

  #parts(known: DailyKnown, now: SessionSnapshot): readonly ColumnPair[] {
    const abroad = overnightColumns(known);
    if (this.#horizon === 'close@08:30') return [known, abroad, morningColumns(known)];
    const gap = gapColumns(known, now);
    // What America did is in the opening price; beyond it, only the size of the move is taken.
    if (this.#horizon === 'close@open') return [known, { scale: abroad.scale, centre: {} }, gap];
    // The session so far says more of what is left than the days before it.
    const withoutScale = [known, gap].map(({ centre }) => ({ scale: {}, centre }));
    return [...withoutScale, pathColumns(known, now)];
  }
}
