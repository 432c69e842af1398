/** Places values between two ends of an axis. */
export interface Axis {
  readonly low: number;
  readonly high: number;
}

/** Position on the axis in percent, held between its ends. */
export function positionOn(axis: Axis, value: number): number {
  return Math.min(100, Math.max(0, ((value - axis.low) / (axis.high - axis.low)) * 100));
}

/** An axis that holds all values, with a margin and ends on whole steps. */
export function axisAround(values: readonly number[], step: number): Axis {
  const low = Math.floor(Math.min(...values) / step - 0.25) * step;
  const high = Math.ceil(Math.max(...values) / step + 0.25) * step;
  return { low, high };
}
