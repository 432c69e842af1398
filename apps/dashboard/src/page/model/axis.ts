export interface Axis {
  readonly low: number;
  readonly high: number;
}

/** Returns a position on the axis in percent, clamped to its ends. */
export function positionOn(axis: Axis, value: number): number {
  return Math.min(100, Math.max(0, ((value - axis.low) / (axis.high - axis.low)) * 100));
}

/** The ends of an interval as moves from a price. */
interface Moves {
  readonly lowerMove: number;
  readonly upperMove: number;
}

/**
 * Returns half the width of the axis that all rows share, as a share of the price in its middle, in whole percent. It
 * is wide enough for nine rows in ten: the bar of a wild symbol is cut off, and does not flatten the rest.
 */
export function axisExtent(rows: readonly Moves[]): number {
  const reaches = rows.map((row) => Math.max(-row.lowerMove, row.upperMove)).sort((a, b) => a - b);
  const reach = reaches[Math.floor((reaches.length - 1) * 0.9)] ?? 0.04;
  return Math.max(1, Math.ceil(reach * 110)) / 100;
}

/** Returns the place of a move on the shared axis: 0 is the left end, 50 the last close, 100 the right end. */
export function axisPosition(move: number, extent: number): number {
  return positionOn({ low: -extent, high: extent }, move);
}
