import type { JudgedPrediction } from '@daytrade/contracts';
import { darkgray, lightcyan } from 'asciichart';
import { count, percent } from './format.ts';
import { plotLayers, type Strokes } from './layered-plot.ts';

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

/** The strokes of each line, so that they are told apart without colours: the close is the heavy one. */
const strokes: Readonly<Record<'lower' | 'upper' | 'close', Strokes>> = {
  lower: ['┼', '┤', '╶', '╴', '┈', '╰', '╭', '╮', '╯', '┊'],
  upper: ['┼', '┤', '╶', '╴', '╌', '╰', '╭', '╮', '╯', '╎'],
  close: ['┼', '┤', '╺', '╸', '━', '┗', '┏', '┓', '┛', '┃'],
};

/**
 * A plot for the terminal of intervals and what happened: the close as a line (`asciichart`) between the lower and the
 * upper bound, and a row of marks below it: `·` inside, `x` outside. It says which intervals were published and which
 * reconstructed.
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
    return `${title}: fewer than two judged sessions`;
  }
  const layer = (line: keyof typeof strokes, shade: string) => ({
    points: judged.map((point) => point[line]),
    symbols: strokes[line],
    colour: colour ? shade : undefined,
  });
  const chart = plotLayers([layer('lower', darkgray), layer('upper', darkgray), layer('close', lightcyan)], {
    height: rows,
    format: (value) => value.toFixed(1).padStart(labelWidth),
    firstPoint,
  });
  const marks = judged.map(({ inside }) => (inside ? '·' : 'x')).join('');
  const inside = judged.filter((point) => point.inside).length;
  return [
    `${title}  ${first.session} to ${last.session}: lower ┈ and upper ╌ bound, and the close ━ (yen)`,
    chart,
    `${' '.repeat(firstPoint)}${marks}`,
    `· inside  x outside: ${inside} of ${judged.length} inside (${percent(inside / judged.length)}, promised ` +
      `${percent(target, 0)})`,
    originOf(judged),
  ].join('\n');
}

function originOf(judged: readonly JudgedPrediction[]): string {
  const published = judged.filter(({ source }) => source === 'live').length;
  const restated = judged.filter(({ restatedClose }) => restatedClose !== undefined).length;
  return (
    `${count(published)} were published before their session, ${count(judged.length - published)} reconstructed ` +
    `by evaluation, in time order${restated === 0 ? '' : `; ${count(restated)} judged by a close that was restated`}`
  );
}

function isJudged(point: JudgedPrediction): point is JudgedPrediction & { readonly close: number } {
  return point.close !== null && point.source !== 'late';
}
