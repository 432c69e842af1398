import { brokenInvariants } from '@daytrade/backtest/testing';
import { seededRandom } from '@daytrade/series';
import { differencesOnRandomBooks } from '@daytrade/trading/testing';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';

const nothing = { sense: 'at most', must: 0 } as const;

/** The matching against brute force, and the invariants of random orders. */
export function compareRules({ quick, progress }: SuiteContext): readonly Comparison[] {
  const [books, runs] = quick ? [500, 2_000] : [10_000, 100_000];
  progress(`${books} random books`);
  const differences = differencesOnRandomBooks(books, seededRandom(1));
  progress(`${runs} runs of random orders`);
  const broken = brokenInvariants(runs, seededRandom(2));
  const share = (name: string, found: readonly string[], of: number, note: string) =>
    compare({
      name,
      unit: note,
      figure: (100 * found.length) / of,
      kind: 'share',
      bar: nothing,
      note: found[0] ?? note,
    });
  return [
    share('Random books matched otherwise than by brute force', differences, books, `of ${books} books`),
    share('Invariants broken by random orders', broken, runs, `of ${runs} runs`),
  ];
}
