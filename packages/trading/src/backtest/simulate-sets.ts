import type { StrategyName } from '@daytrade/contracts';
import { type SessionIndex, sharedArray } from '@daytrade/series';
import { strategies } from '../strategies/catalogue.ts';
import type { Parameters } from '../strategies/strategy.ts';
import type { BacktestData } from './backtest-data.ts';
import type { SimulationSettings } from './settings.ts';
import { simulate } from './simulate.ts';
import { returnsOf } from './statistics/equity-figures.ts';

/** What a thread is handed: sets of parameters to simulate on the same data. */
export interface SimulateSetsInput {
  readonly data: BacktestData;
  readonly strategy: StrategyName;
  readonly sets: readonly Parameters[];
  readonly settings: SimulationSettings;
  readonly from: SessionIndex;
  readonly to: SessionIndex;
}

/** The daily net returns of each set, in the order of the sets; on SharedArrayBuffers. */
export function simulateSets(input: SimulateSetsInput): readonly Float64Array[] {
  const { data, settings, from, to } = input;
  return input.sets.map((parameters) => {
    const decide = strategies[input.strategy].with(parameters);
    const { net } = simulate({ data, settings, from, to, decideAt: () => decide });
    const returns = sharedArray(net.length);
    returns.set(returnsOf(net, settings.cash));
    return returns;
  });
}
