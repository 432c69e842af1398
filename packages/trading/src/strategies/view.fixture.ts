import type { BacktestData } from '../backtest/backtest-data.ts';
import { View } from '../backtest/view.ts';
import { noiseData } from '../testing/noise-data.ts';

export const [symbols, session] = [4, 30];
export const noise = noiseData({ symbols, sessions: 40, seed: 2 });

/** Returns the view before a session; prices, bounds and limits of symbols replace those of the noise. */
export function viewWith(
  changes: Partial<
    Record<'close' | 'volume' | 'centre' | 'lower' | 'upper' | 'lowerLimit' | 'upperLimit', readonly number[]>
  >,
  more: Partial<BacktestData> = {},
): View {
  const last = (session - 1) * symbols;
  const changed = (column: Float64Array, values: readonly number[] | undefined, row: number) => {
    const copy = column.slice();
    if (values !== undefined) copy.set(values, row);
    return copy;
  };
  const { panel, limits, forecasts } = noise;
  const view = new View({
    ...noise,
    panel: {
      ...panel,
      close: changed(panel.close, changes.close, last),
      volume: changed(panel.volume, changes.volume, last),
    },
    limits: {
      lower: changed(limits.lower, changes.lowerLimit, last),
      upper: changed(limits.upper, changes.upperLimit, last),
    },
    forecasts: {
      centre: changed(forecasts!.centre, changes.centre, session * symbols),
      lower: changed(forecasts!.lower, changes.lower, session * symbols),
      upper: changed(forecasts!.upper, changes.upper, session * symbols),
    },
    ...more,
  });
  view.goTo(session);
  return view;
}
