import type { JudgedPrediction } from '@daytrade/contracts';
import { darkgray, lightcyan, plot } from 'asciichart';
import { say } from '../language/language.ts';
import { count, percent } from './format.ts';

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
  /** The promised share of closes inside. */
  readonly target: number;
}

/**
 * Plots intervals and closes for the terminal: the close as a line between the bounds, and a row of marks below,
 * `·` inside and `x` outside. A last line counts published and reconstructed intervals.
 *
 * @param history judged predictions of one symbol, oldest first
 */
export function plotIntervals(
  title: string,
  history: readonly JudgedPrediction[],
  { columns, colour, target }: IntervalPlotOptions,
): string {
  const judged = history.filter(isJudged).slice(-Math.max(fewestPoints, columns - firstPoint));
  const [first, last] = [judged[0], judged.at(-1)];
  if (first === undefined || last === undefined || judged.length < 2) {
    return say`${title}: fewer than two judged sessions`;
  }
  const lines = (['lower', 'upper', 'close'] as const).map((line) => judged.map((point) => point[line]));
  const chart = plot(lines, {
    height: rows,
    format: (value) => value.toFixed(1).padStart(labelWidth),
    ...(colour && { colors: [darkgray, darkgray, lightcyan] }),
  });
  const marks = judged.map(({ inside }) => (inside ? '·' : 'x')).join('');
  const inside = judged.filter((point) => point.inside).length;
  const [share, promised] = [percent(inside / judged.length), percent(target, 0)];
  return [
    say`${title}  ${first.session} to ${last.session}: the bounds, and the close between them (yen)`,
    chart,
    `${' '.repeat(firstPoint)}${marks}`,
    say`· inside  x outside: ${inside} of ${judged.length} inside (${share}, promised ${promised})`,
    originOf(judged),
  ].join('\n');
}

const origins = '{0} were published before their session, {1} reconstructed by evaluation, in time order';

function originOf(judged: readonly JudgedPrediction[]): string {
  const live = judged.filter(({ source }) => source === 'live').length;
  const origin = say(origins, count(live), count(judged.length - live));
  const restated = judged.filter(({ restatedClose }) => restatedClose !== undefined).length;
  return restated === 0 ? origin : say`${origin}; ${count(restated)} judged by a close that was restated`;
}

function isJudged(point: JudgedPrediction): point is JudgedPrediction & { readonly close: number } {
  return point.close !== null && point.source !== 'late';
}
