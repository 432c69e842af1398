import {
  type DayNumber,
  dateOfDayNumber,
  dayNumber,
  type LimitRuns,
  nextSession,
  type PriceLimitBand,
  priceLimitBand,
  runsAfter,
  runsFrom,
  sessionLimits,
  type Yen,
} from '@daytrade/market';
import { sharedArray } from './arrays.ts';
import { type Panel, type PanelSymbol, type SessionBars, type SessionIndex, sessionBars } from './panel.ts';

/** The facts besides bars on which price limits depend. */
export type LimitedSymbol = Pick<PanelSymbol, 'tickTable' | 'priceBasis'>;

/** The bands in which the next session's prices lie, one value a symbol; NaN without one. */
export interface LimitBands {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The bands of the next session's prices, session after session: for traded prices the limits of the exchange, also
 * where it widens them. Adjusted prices have no limits; theirs is the band of a traded price of that size, for
 * intervals that have no end of their own.
 */
export class LimitTracks {
  readonly #symbols: readonly LimitedSymbol[];
  readonly #runs: (LimitRuns | undefined)[];

  constructor(symbols: readonly LimitedSymbol[]) {
    this.#symbols = symbols;
    this.#runs = symbols.map(() => undefined);
  }

  /**
   * Takes a session and writes the bands of the one after it, from place `at` on.
   *
   * @throws DayTradeError `market.price-invalid` for a close that is not positive
   */
  next(session: SessionBars, { lower, upper }: LimitBands, at = 0): void {
    const nextDay = dayNumber(nextSession(dateOfDayNumber(session.day)));
    for (const [s, symbol] of this.#symbols.entries()) {
      const band = symbol.priceBasis === 'traded' ? this.#limits(s, session, nextDay) : derivedBand(session.close[s]!);
      lower[at + s] = band?.lower ?? NaN;
      upper[at + s] = band?.upper ?? NaN;
    }
  }

  #limits(s: number, { day, open, high, low, close }: SessionBars, nextDay: DayNumber): PriceLimitBand | undefined {
    const { tickTable } = this.#symbols[s]!;
    const before = this.#runs[s];
    const isTraded = Number.isFinite(close[s]!);
    const prices = isTraded ? { open: open[s]!, high: high[s]!, low: low[s]!, close: close[s]! } : undefined;
    if (before !== undefined) this.#runs[s] = runsAfter(before, day, prices, tickTable);
    else if (isTraded) this.#runs[s] = runsFrom(close[s]!);
    return this.#runs[s] && sessionLimits(this.#runs[s], nextDay, tickTable);
  }
}

function derivedBand(close: Yen): PriceLimitBand | undefined {
  return Number.isFinite(close) ? priceLimitBand(close) : undefined;
}

/** Returns the bands of {@link LimitTracks} for each row (t * symbols + s) of a panel, on SharedArrayBuffers. */
export function limitColumns(panel: Panel): LimitBands {
  const tracks = new LimitTracks(panel.symbols);
  const columns = { lower: sharedArray(panel.close.length), upper: sharedArray(panel.close.length) };
  for (let t: SessionIndex = 0; t < panel.days.length; t += 1) {
    tracks.next(sessionBars(panel, t), columns, t * panel.symbols.length);
  }
  return columns;
}
