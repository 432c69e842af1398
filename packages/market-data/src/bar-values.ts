import { barNames } from '@daytrade/series';

type BarName = (typeof barNames)[number];

/** Returns the columns of bars, each made by its name. */
export function barValues(
  columnOf: (name: BarName, index: number) => Float64Array,
): Readonly<Record<BarName, Float64Array>> {
  const [open, high, low, close, volume] = barNames.map(columnOf) as [Float64Array, ...Float64Array[]];
  return { open, high: high!, low: low!, close: close!, volume: volume! };
}
