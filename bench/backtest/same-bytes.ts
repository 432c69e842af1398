import { createHash } from 'node:crypto';
import { usualCosts, withoutLimits } from '@daytrade/trading';
import { noiseData } from '@daytrade/trading/testing';
import { backtest } from '../../services/ml-service/src/computation/backtest-task.ts';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';

const strategies = ['always-long', 'gap-fade', 'interval-breakout', 'ranking'] as const;

/** The report of each strategy, three times on each number of threads: it must be the same bytes. */
export async function compareBytes({ quick, progress }: SuiteContext): Promise<readonly Comparison[]> {
  const sessions = quick ? 340 : 700;
  const data = noiseData({ symbols: 12, sessions, seed: 4 });
  let [differing, compared] = [0, 0];
  for (const strategy of strategies) {
    const hashes: string[] = [];
    for (const workers of [1, 2, 4]) {
      progress(`${strategy}, three times on ${workers} threads`);
      for (let run = 0; run < 3; run += 1) {
        const report = await backtest(
          {
            data,
            strategy,
            parameters: {},
            choose: true,
            settings: {
              account: 'day-margin',
              cash: 10_000_000,
              costs: usualCosts,
              limits: withoutLimits,
              rules: true,
              participation: 0.01,
            },
            from: 0,
            to: sessions,
            seed: 1,
            conditions: 'of the test',
            earlierTrials: new Set(),
            workers,
          },
          { progress: () => undefined, transfer: (value) => value },
        );
        hashes.push(createHash('sha256').update(JSON.stringify(report)).digest('hex'));
      }
    }
    compared += hashes.length;
    differing += hashes.filter((hash) => hash !== hashes[0]).length;
  }
  return [
    compare({
      name: 'Reports with other bytes than the first one',
      unit: 'of all runs',
      figure: (100 * differing) / compared,
      kind: 'share',
      bar: { sense: 'at most', must: 0 },
      note: `${strategies.length} strategies, each 3 times on 1, 2 and 4 threads`,
    }),
  ];
}
