import { seededRandom } from '@daytrade/series';
import { brokenInvariants } from '@daytrade/trading/testing';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';

/** Counts invariants that random orders break. */
export function compareRules({ quick, progress }: SuiteContext): readonly Comparison[] {
  const runs = quick ? 2_000 : 100_000;
  progress(`${runs} runs of random orders`);
  const broken = brokenInvariants(runs, seededRandom(2));
  const unit = `of ${runs} runs`;
  return [
    compare({
      name: 'Invariants broken by random orders',
      unit,
      figure: (100 * broken.length) / runs,
      kind: 'share',
      bar: { sense: 'at most', must: 0 },
      note: broken[0] ?? unit,
    }),
  ];
}
