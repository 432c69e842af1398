import type { InDayHorizon } from '@daytrade/market';
import { type LimitBands, LimitTracks, type PanelSymbol, type SessionBars, type SessionSoFar } from '@daytrade/series';
import { dailyCentreColumns, dailyScaleColumns } from './daily-columns.ts';
import { OvernightReturn } from './overnight-return.ts';
import { type ColumnPair, gapColumns, overnightColumns, pathColumns } from './session-columns.ts';
import { SymbolDays } from './symbol-days.ts';
import { VolumeProfile } from './volume-profile.ts';

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
 * Goes through the sessions of some symbols in time order and says what is known of each at one time of the day.
 * Training, evaluation and forecasts all take their columns from it.
 */
export class InDayRows {
  readonly #horizon: InDayHorizon;
  readonly #symbols: readonly SymbolDays[];
  readonly #profile: VolumeProfile;
  readonly #night = new OvernightReturn();
  readonly #tracks: LimitTracks;
  /** Of the session after those that were taken. */
  readonly #limits: LimitBands;

  constructor(symbols: readonly PanelSymbol[], horizon: InDayHorizon) {
    const column = () => new Float64Array(symbols.length).fill(NaN);
    this.#horizon = horizon;
    this.#symbols = symbols.map(() => new SymbolDays());
    this.#profile = new VolumeProfile(symbols.length);
    this.#tracks = new LimitTracks(symbols);
    this.#limits = { lower: column(), upper: column() };
  }

  /**
   * Takes a session that has ended.
   *
   * @param soFar what was known of it at the time of the horizon; undefined without 5-minute bars
   * @param overnight the log return in America of the night before it; NaN where it is not known
   */
  push(bars: SessionBars, soFar: SessionSoFar | undefined, overnight: number): void {
    const abroad = this.#night.inScale(overnight);
    for (const [s, days] of this.#symbols.entries()) {
      days.goEx(bars.dividends?.paid[s] ?? 0);
      days.push(bars.open[s]!, bars.high[s]!, bars.low[s]!, bars.close[s]!, abroad);
      days.expectedDividend = bars.dividends?.expected[s] ?? 0;
    }
    this.#night.observe(overnight);
    this.#tracks.next(bars, this.#limits);
    if (soFar !== undefined) this.#profile.observe(soFar.volume);
  }

  /**
   * What is known of the session after those that were taken.
   *
   * @param overnight the log return in America of the night before it; NaN where it is not known
   */
  row(now: SessionSoFar, overnight: number): InDayRow {
    const symbols = this.#symbols;
    const parts = this.#parts(now, overnight);
    const previousClose = Float64Array.from(symbols, ({ close }) => close);
    const beforeOpen = this.#horizon === 'close@08:30';
    return {
      price: beforeOpen ? Float64Array.from(symbols, ({ base }) => base) : now.price,
      previousClose,
      limits: { lower: this.#limits.lower.slice(), upper: this.#limits.upper.slice() },
      ewma: Float64Array.from(symbols, ({ whole, within }) => (beforeOpen ? whole : within)),
      scale: Object.assign({}, ...parts.map(({ scale }) => scale)),
      centre: Object.assign({}, ...parts.map(({ centre }) => centre)),
    };
  }

  #parts(now: SessionSoFar, overnight: number): readonly ColumnPair[] {
    const symbols = this.#symbols;
    const daily = { scale: dailyScaleColumns(symbols), centre: dailyCentreColumns(symbols) };
    const abroad = overnightColumns(symbols, this.#night.inScale(overnight));
    if (this.#horizon === 'close@08:30') return [daily, abroad];
    // What America did is in the opening price; beyond it, only the size of the move is taken.
    const atOpen = [daily, { scale: abroad.scale, centre: {} }, gapColumns(symbols, now)];
    return this.#horizon === 'close@open' ? atOpen : [...atOpen, pathColumns(symbols, now, this.#profile.usual())];
  }
}
