import { notRun, type SuiteFindings } from '../harness/result.ts';
import { runScenarios } from '../harness/run-scenarios.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { figureRows } from './figure-rows.ts';

const notes = [
  'The scenarios of `tests/kubernetes` in full: loads of 120 s, a backup of 1 GB. On one machine the pods share ' +
    'the processors with what asks them.',
];

/**
 * Runs the scenarios on a cluster that measure something, as `npm run test:kubernetes` does but longer.
 *
 * @throws Error when one of them fails
 */
export async function measureKubernetes(context: SuiteContext): Promise<SuiteFindings> {
  const scenarios = ['02', '03', '04', '06', '07', '08', '10', '11'].map((number) => `tests/kubernetes/${number}`);
  const output = await runScenarios('kubernetes', scenarios, context);
  const missing = /^the Kubernetes tests are skipped: (.*)$/m.exec(output)?.[1];
  const tables = [{ title: 'Scenarios', header: ['scenario', 'figure'], rows: figureRows(output) }];
  return missing === undefined ? { comparisons: [], tables, notes, skipped: [] } : notRun(missing);
}
