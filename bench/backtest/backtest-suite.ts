import type { Comparison, SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { compareRules } from './rules.ts';
import { comparePast } from './same-past.ts';

const notes = [
  'Matching is compared with brute force, which tries every tick and trades lot by lot: each random book is an ' +
    'auction, and then a continuous market. Invariants are looked for with random orders on noise: a fill off the ' +
    'grid, off a lot, beyond limits or bar, money or shares from nowhere, a short sale on a cash account, an order ' +
    'after a halt.',
];

/** The backtest: its matching, its invariants, and what it must not know. */
export function measureBacktest(context: SuiteContext): Promise<SuiteFindings> {
  const comparisons: Comparison[] = [...compareRules(context), ...comparePast(context)];
  return Promise.resolve({ comparisons, tables: [], notes, skipped: [] });
}
