import { type Matrix, predict, trainRidge } from '@daytrade/learners';
import { dayNumber, type TradeDate } from '@daytrade/market';
import type { Panel, SessionIndex, SessionSnapshot } from '@daytrade/series';
import { targetMiss, winklerScore } from '../ensemble/scored-days.ts';
import { mean, quantile } from '../harness/statistics.ts';

/** Decay of the EWMA scale of daily returns, and the returns that it starts from. */
const decay = 0.94;
const startUp = 20;

/** Least size that a logarithm is taken of, a log return. */
const leastSize = 1e-4;

/** Penalty of the regression: enough where columns are known of no row. */
const l2 = 1e-6;

/** Scores of one session, in log returns. */
export interface SessionScores {
  readonly count: number;
  readonly winkler: number;
}

/** Scores of both baselines by session. */
export interface BaselineScores {
  readonly slot: ReadonlyMap<string, SessionScores>;
  readonly regression: ReadonlyMap<string, SessionScores>;
}

/**
 * Scores intervals around the price now by two simple rules, at one time of the day, for y = ln(close / price now).
 * Each takes the 93 % quantile of |y| / scale over all earlier sessions and symbols, times its scale:
 *
 * - slot x EWMA: the scale is v, the EWMA of daily returns up to yesterday.
 * - regression: least squares of log |y| on all earlier rows, by log v, log range so far, log |gap|, log realised
 *   volatility so far, log of the market's mean range / v.
 *
 * @param knownAt what is known of a session at that time
 */
export function baselineScores(
  panel: Panel,
  knownAt: (t: SessionIndex) => SessionSnapshot | undefined,
  sessions: readonly TradeDate[],
): BaselineScores {
  const rows = baselineRows(panel, knownAt);
  const [slot, regression] = [new Map<string, SessionScores>(), new Map<string, SessionScores>()];
  for (const session of sessions) {
    const first = panel.days.indexOf(dayNumber(session)) * panel.symbols.length;
    const known = rows.known.filter((row) => row < first);
    const own = rows.known.filter((row) => row >= first && row < first + panel.symbols.length);
    const model = trainRidge({ l2 }, { matrix: rows.matrix, rows: known, target: rows.target });
    const fitted = (of: Int32Array) => predict(model, rows.matrix, { rows: of }).map(Math.exp);
    const plain = (of: Int32Array) => Float64Array.from(of, (row) => rows.scale[row]!);
    regression.set(session, scoresOf(rows.y, known, own, fitted));
    slot.set(session, scoresOf(rows.y, known, own, plain));
  }
  return { slot, regression };
}

function scoresOf(
  y: Float64Array,
  known: Int32Array,
  own: Int32Array,
  scaleOf: (rows: Int32Array) => Float64Array,
): SessionScores {
  const margin = quantile(
    scaleOf(known).map((scale, i) => Math.abs(y[known[i]!]!) / scale),
    1 - targetMiss,
  );
  let winkler = 0;
  for (const [i, scale] of scaleOf(own).entries()) {
    const half = margin * scale;
    winkler += winklerScore(-half, half, y[own[i]!]!);
  }
  return { count: own.length, winkler };
}

/** Rows are `t * symbols + s`. */
interface BaselineRows {
  readonly y: Float64Array;
  /** ln |y|. */
  readonly target: Float64Array;
  readonly scale: Float64Array;
  readonly matrix: Matrix;
  /** Rows that have an outcome and a scale. */
  readonly known: Int32Array;
}

function baselineRows(panel: Panel, knownAt: (t: SessionIndex) => SessionSnapshot | undefined): BaselineRows {
  const { close, days } = panel;
  const count = panel.symbols.length;
  const scale = dailyScale(panel);
  const empty = () => new Float64Array(close.length).fill(NaN);
  const [y, range, gap, volatility, market] = [empty(), empty(), empty(), empty(), empty()];
  for (let t = 1; t < days.length; t += 1) {
    const now = knownAt(t);
    if (now === undefined) continue;
    const first = t * count;
    for (let s = 0; s < count; s += 1) {
      const row = first + s;
      y[row] = Math.log(close[row]! / now.price[s]!);
      range[row] = Math.log(now.high[s]! / now.low[s]!);
      gap[row] = Math.abs(Math.log(now.open[s]! / close[row - count]!));
      volatility[row] = Math.sqrt(now.variance[s]!);
    }
    const relative = [...range.subarray(first, first + count)].map((value, s) => value / scale[first + s]!);
    market.fill(mean(relative.filter(Number.isFinite)), first, first + count);
  }
  const logOf = (values: Float64Array) => values.map((value) => Math.log(Math.max(leastSize, value)));
  const columns = { scale, range, gap, volatility, market };
  return {
    y,
    target: logOf(y.map(Math.abs)),
    scale,
    matrix: {
      names: Object.keys(columns),
      rows: close.length,
      values: Float64Array.from(Object.values(columns).flatMap((values) => [...logOf(values)])),
    },
    known: Int32Array.from(y.keys()).filter((row) => Number.isFinite(y[row]! / scale[row]!)),
  };
}

/** v of each row, known before its session. */
function dailyScale({ close, symbols }: Panel): Float64Array {
  const count = symbols.length;
  const scale = new Float64Array(close.length).fill(NaN);
  for (let s = 0; s < count; s += 1) {
    let [variance, seen, last] = [0, 0, NaN];
    for (let row = s; row < close.length; row += count) {
      if (seen >= startUp) scale[row] = Math.sqrt(variance);
      const square = Math.log(close[row]! / last) ** 2;
      if (!Number.isNaN(close[row]!)) last = close[row]!;
      if (Number.isNaN(square)) continue;
      seen += 1;
      variance += (seen <= startUp ? 1 / seen : 1 - decay) * (square - variance);
    }
  }
  return scale;
}
