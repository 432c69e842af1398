import type { JudgedPrediction } from '@daytrade/contracts';
import { darkgray, lightcyan, plot } from 'asciichart';
import { percent } from './format.ts';

/** Characters of a price at the axis, right-aligned. */
const labelWidth = 10;
/** asciichart puts the first point on the axis, one blank after the label. */
const firstPoint = labelWidth + 1;
const fewestPoints = 10;
const rows = 14;

export interface IntervalPlotOptions {
  /** Width of the terminal in characters. */
  readonly columns: number;
  /** Draws the bounds dim and the close bright. */
  readonly colour: boolean;
}

/**
 * A plot for the terminal of the published intervals and what happened: the close as a line (`asciichart`) between the lower
 * and the upper bound, and a row of marks below it: `·` inside, `x` outside.
 *
 * @param history judged predictions of one symbol, oldest first
 */
export function plotIntervals(
  title: string,
  history: readonly JudgedPrediction[],
  { columns, colour }: IntervalPlotOptions,
): string {
  const judged = history.filter(isJudged).slice(-Math.max(fewestPoints, columns - firstPoint));
  const [first, last] = [judged[0], judged.at(-1)];
  if (first === undefined || last === undefined || judged.length < 2) {
    return `${title}: fewer than two judged sessions`;
  }
  const chart = plot(
    [judged.map(({ lower }) => lower), judged.map(({ upper }) => upper), judged.map(({ close }) => close)],
    {
      height: rows,
      format: (value: number) => value.toFixed(1).padStart(labelWidth),
      ...(colour ? { colors: [darkgray, darkgray, lightcyan] } : {}),
    },
  );
  const marks = judged.map(({ inside }) => (inside ? '·' : 'x')).join('');
  const inside = judged.filter((point) => point.inside).length;
  return [
    `${title}  ${first.session} to ${last.session}: lower and upper bound, and the close between them (yen)`,
    chart,
    `${' '.repeat(firstPoint)}${marks}`,
    `· inside  x outside: ${inside} of ${judged.length} inside (${percent(inside / judged.length)}, promised 93 %)`,
  ].join('\n');
}

function isJudged(point: JudgedPrediction): point is JudgedPrediction & { readonly close: number } {
  return point.close !== null;
}
