import { type SimulationSettings, simulate, strategies, usualCosts, withoutLimits } from '@daytrade/trading';
import { cutBefore, noiseData } from '@daytrade/trading/testing';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';

const sessions = 300;
const from = 22;
const settings: SimulationSettings = {
  account: 'day-margin',
  cash: 10_000_000,
  costs: usualCosts,
  limits: withoutLimits,
  rules: true,
  participation: 0.01,
};

/** The same backtest on bars that end at any session has the same past, to the bit. */
export function comparePast({ quick, progress }: SuiteContext): readonly Comparison[] {
  const cuts = quick ? 8 : 200;
  const data = noiseData({ symbols: 12, sessions, seed: 8 });
  let [differing, examined] = [0, 0];
  for (const strategy of Object.values(strategies)) {
    progress(`${cuts} cuts of ${strategy.name}`);
    const parameters = Object.fromEntries(strategy.parameters.map((one) => [one.name, one.candidates[0]!]));
    const decide = strategy.with(parameters);
    const whole = simulate({ data, settings, from, to: sessions, decideAt: () => decide });
    for (let cut = 1; cut <= cuts; cut += 1) {
      const end = from + Math.floor((cut * (sessions - from)) / cuts);
      const part = simulate({ data: cutBefore(data, end), settings, from, to: end, decideAt: () => decide });
      examined += 1;
      if (part.net.some((value, i) => value !== whole.net[i])) differing += 1;
    }
  }
  return [
    compare({
      name: 'Pasts that depend on where the bars end',
      unit: 'of all cuts',
      figure: (100 * differing) / examined,
      kind: 'share',
      bar: { sense: 'at most', must: 0 },
      note: `4 strategies, ${cuts} cuts each`,
    }),
  ];
}
