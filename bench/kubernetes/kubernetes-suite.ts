import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repository } from '../harness/paths.ts';
import type { SuiteFindings } from '../harness/result.ts';
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
export async function measureKubernetes({ quick, progress }: SuiteContext): Promise<SuiteFindings> {
  const vitest = join(repository, 'node_modules', 'vitest', 'vitest.mjs');
  const scenarios = ['02', '03', '04', '06', '07', '08'].map((number) => `tests/kubernetes/${number}`);
  const child = spawn(
    process.execPath,
    [vitest, 'run', '--config', 'tests/kubernetes/vitest.config.ts', ...scenarios],
    {
      cwd: repository,
      env: { ...process.env, DAYTRADE_FULL_MEASURE: quick ? '0' : '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    for (const line of text.trimEnd().split('\n')) progress(line);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`a scenario failed, see above: vitest ended with ${code}`);
  const missing = /^the Kubernetes tests are skipped: (.*)$/m.exec(output)?.[1];
  const tables = [{ title: 'Scenarios', header: ['scenario', 'figure'], rows: figureRows(output) }];
  return missing === undefined
    ? { comparisons: [], tables, notes, skipped: [] }
    : { comparisons: [], tables: [], notes: [], skipped: [missing] };
}
