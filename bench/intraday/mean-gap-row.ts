import type { JudgedForecast } from '@daytrade/ensemble';
import { dayNumber } from '@daytrade/market';
import { type LogReturnColumn, type Panel, sessionBars } from '@daytrade/series';
import { type Comparison, compare } from '../harness/result.ts';
import { ScoredDays, scoreOf } from './scored-days.ts';

/**
 * What the evening's intervals would gain if it were known by how much all symbols together open away from their
 * closes: each is moved by the mean gap of its session. Nobody knows it at 08:30, and the note says how much of it the
 * Nasdaq knows.
 *
 * @param evening judged forecasts of the next close
 */
export function meanGapRow(
  { panel, overnight }: { readonly panel: Panel; readonly overnight: LogReturnColumn },
  evening: readonly JudgedForecast[],
): Comparison {
  const gaps = meanGaps(panel);
  const placeOf = new Map(Array.from(panel.days, (day, t) => [day, t]));
  const sessionOf = (row: JudgedForecast) => placeOf.get(dayNumber(row.session))!;
  const scored = new ScoredDays();
  for (const row of evening) {
    if (row.close === null) continue;
    const moved = Math.exp(gaps[sessionOf(row)]!);
    scored.add(row.session, scoreOf({ ...row, lower: row.lower * moved, upper: row.upper * moved }), scoreOf(row));
  }
  const first = sessionOf(evening[0]!);
  const explained = (from: number, to: number) =>
    (100 * shareExplained(gaps.slice(from, to), overnight.slice(from - 1, to - 1))).toFixed(1);
  return compare({
    name: 'next-close moved by the mean gap, unknown at 08:30: Winkler lower than next-close',
    unit: 'bp',
    ours: scored.oursBp,
    peer: { name: 'next-close', value: scored.peerBp },
    figure: scored.percentLower,
    kind: 'percent',
    note:
      `${scored.interval}; of the squares of the mean gap one slope on the Nasdaq explains at most ` +
      `${explained(first, gaps.length)} % in the judged sessions, ${explained(1, first)} % in those before`,
  });
}

/** Mean log return from the last close to the open over the symbols that have both, by session; NaN in the first. */
function meanGaps(panel: Panel): Float64Array {
  return Float64Array.from(panel.days, (_, t) => {
    if (t === 0) return NaN;
    const { close } = sessionBars(panel, t - 1);
    const gaps = sessionBars(panel, t).open.map((open, s) => Math.log(open / close[s]!));
    const known = gaps.filter(Number.isFinite);
    return known.reduce((sum, gap) => sum + gap, 0) / known.length;
  });
}

/** Share of the squares of the outcomes that a line through the origin explains which is fitted to them. */
function shareExplained(outcomes: Float64Array, moves: Float64Array): number {
  let products = 0;
  let squares = 0;
  let total = 0;
  for (const [i, outcome] of outcomes.entries()) {
    const move = moves[i]!;
    if (!Number.isFinite(outcome * move)) continue;
    products += outcome * move;
    squares += move ** 2;
    total += outcome ** 2;
  }
  return products ** 2 / (squares * total);
}
