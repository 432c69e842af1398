import { type JudgedForecast, publishInterval } from '@daytrade/ensemble';
import { dayNumber, priceLimitBand } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import { winklerScore } from './scored-days.ts';

const basisPoint = 1e-4;

/** Winkler scores of GARCH on the judged symbol-days, and the sums by session. */
export interface GarchFigures {
  readonly winklerBp: number;
  /** The ensemble's own score on the same symbol-days. */
  readonly publishedBp: number;
  readonly days: {
    readonly garch: readonly number[];
    readonly published: readonly number[];
  };
}

/**
 * Scores GARCH intervals on the symbol-days that the ensemble was judged on, published by the same rules.
 */
export function scoreGarch(panel: Panel, judged: readonly JudgedForecast[], widths: Float64Array): GarchFigures {
  const symbols = new Map(panel.symbols.map((symbol, s) => [symbol.symbol, { ...symbol, s }]));
  const sessions = new Map(Array.from(panel.days, (day, t) => [day, t]));
  const days = new Map<string, { garch: number; published: number }>();
  let count = 0;
  for (const row of judged) {
    if (row.close === null) continue;
    const { s, tickTable, priceBasis } = symbols.get(row.symbol)!;
    const t = sessions.get(dayNumber(row.session))! - 1;
    const half = widths[t * panel.symbols.length + s]!;
    if (!Number.isFinite(half)) throw new Error(`no GARCH interval for ${row.symbol} on ${row.session}`);
    const log = (price: number) => Math.log(price / row.lastClose);
    const possible = { tickTable, priceBasis, band: priceLimitBand(row.lastClose, tickTable), dividend: 0 };
    const { lower, upper } = publishInterval(row.lastClose, -half, half, possible);
    const day = days.get(row.session) ?? { garch: 0, published: 0 };
    day.garch += winklerScore(log(lower), log(upper), log(row.close));
    day.published += winklerScore(log(row.lower), log(row.upper), log(row.close));
    days.set(row.session, day);
    count += 1;
  }
  const scores = [...days.values()];
  const garch = scores.map((day) => day.garch);
  const own = scores.map((day) => day.published);
  return {
    winklerBp: sum(garch) / count / basisPoint,
    publishedBp: sum(own) / count / basisPoint,
    days: { garch, published: own },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
