import { type PlotConfig, plot } from 'asciichart';

/** The ten strokes of `asciichart`: two of the axis, two ends, a level, four corners, a rise. */
export type Strokes = NonNullable<PlotConfig['symbols']>;

/** One line of a plot: its points and how it is drawn. */
export interface PlotLayer {
  readonly points: readonly number[];
  readonly symbols: Strokes;
  /** A control sequence of the terminal; without one the line has the colour of the text. */
  readonly colour?: string | undefined;
}

export interface LayeredPlotOptions {
  readonly height: number;
  readonly format: (value: number) => string;
  /** Characters before the points: labels and axis. */
  readonly firstPoint: number;
}

const reset = '\u001b[0m';

/**
 * Lines on one axis, each in strokes of its own; where two meet, the later one is seen. `asciichart` draws all lines
 * alike.
 */
export function plotLayers(layers: readonly PlotLayer[], { height, format, firstPoint }: LayeredPlotOptions): string {
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
  // On the axis stands where a line begins; left of it all plots have the same labels.
  if (at < firstPoint) return drawn.find((cell) => cell === '┼') ?? drawn[0]!;
  const top = drawn.findLastIndex((cell) => cell !== ' ');
  if (top < 0) return ' ';
  const colour = layers[top]!.colour;
  return colour === undefined ? drawn[top]! : `${colour}${drawn[top]!}${reset}`;
}
