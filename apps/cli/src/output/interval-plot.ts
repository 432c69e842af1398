import type { JudgedPrediction } from '@daytrade/contracts';
import { plot } from 'asciichart';
import { percent } from './format.ts';

/**
 * A plot for the terminal of the published intervals and what happened: the close as a line (`asciichart`) between the lower
 * and the upper bound, and a row of marks below it: `·` inside, `x` outside.
 *
 * @param history judged predictions of one symbol, oldest first
 * @param columns width of the terminal in characters
 */
export function plotIntervals(title: string, history: readonly JudgedPrediction[], columns: number): string {
  const judged = history.filter((point) => point.close !== null).slice(-Math.max(10, columns - axisWidth));
  if (judged.length < 2) return `${title}: fewer than two judged sessions`;
  const chart = plot(
    [
      judged.map((point) => point.lower),
      judged.map((point) => point.upper),
      judged.map((point) => point.close as number),
    ],
    { height: 14, format: (value: number) => value.toFixed(1).padStart(axisWidth - 3) },
  );
  const marks = judged.map((point) => (point.inside ? '·' : 'x')).join('');
  const inside = judged.filter((point) => point.inside).length;
  const first = judged[0] as JudgedPrediction;
  const last = judged.at(-1) as JudgedPrediction;
  return [
    `${title}  ${first.session} to ${last.session}: lower and upper bound, and the close between them (yen)`,
    chart,
    `${' '.repeat(axisWidth - 1)}${marks}`,
    `· inside  x outside: ${inside} of ${judged.length} inside (${percent(inside / judged.length)}, promised 93 %)`,
  ].join('\n');
}

const axisWidth = 13;
