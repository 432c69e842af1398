import type { JudgedPrediction } from '@daytrade/contracts';
import { darkgray, lightcyan, type PlotConfig, plot } from 'asciichart';
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

/** The ten strokes of `asciichart`: two of the axis, two ends, a level, four corners, a rise. */
type Strokes = NonNullable<PlotConfig['symbols']>;

/** Strokes that distinguish the lines without colours: the close is the heavy one. */
const strokes: Readonly<Record<'lower' | 'upper' | 'close', Strokes>> = {
  lower: ['┼', '┤', '╶', '╴', '┈', '╰', '╭', '╮', '╯', '┊'],
  upper: ['┼', '┤', '╶', '╴', '╌', '╰', '╭', '╮', '╯', '╎'],
  close: ['┼', '┤', '╺', '╸', '━', '┗', '┏', '┓', '┛', '┃'],
};

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

/** One line of a plot: its points and how it is drawn. */
interface PlotLayer {
  readonly points: readonly number[];
  readonly symbols: Strokes;
  /** A control sequence of the terminal; without one the line has the colour of the text. */
  readonly colour?: string | undefined;
}

interface LayeredPlotOptions {
  readonly height: number;
  readonly format: (value: number) => string;
  /** Characters before the points: labels and axis. */
  readonly firstPoint: number;
}

const reset = '\u001b[0m';

/** Draws lines on one axis, each with its own strokes. Where two meet, the later one covers the other. */
function plotLayers(layers: readonly PlotLayer[], { height, format, firstPoint }: LayeredPlotOptions): string {
  const all = layers.flatMap(({ points }) => points);
  const range = { min: Math.min(...all), max: Math.max(...all) };
  const plots = layers.map(({ points, symbols }) =>
    plot([[...points]], { height, format, symbols, ...range })
      .split('\n')
      .map((line) => Array.from(line)),
  );
  return plots[0]!
    .map((line, row) => line.map((_, at) => cellAt(layers, plots, row, at, firstPoint)).join(''))
    .join('\n');
}

function cellAt(
  layers: readonly PlotLayer[],
  plots: readonly (readonly (readonly string[])[])[],
  row: number,
  at: number,
  firstPoint: number,
): string {
  const drawn = plots.map((plotted) => plotted[row]?.[at] ?? ' ');
  // The axis shows the beginning of a line; left of it all plots have the same labels.
  if (at < firstPoint) return drawn.find((cell) => cell === '┼') ?? drawn[0]!;
  const top = drawn.findLastIndex((cell) => cell !== ' ');
  if (top < 0) return ' ';
  const colour = layers[top]!.colour;
  return colour === undefined ? drawn[top]! : `${colour}${drawn[top]!}${reset}`;
}
