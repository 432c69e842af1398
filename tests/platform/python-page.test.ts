import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fetchResultSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { Installation } from '../support/installation.ts';
import { pythonEnvironment } from '../support/python.ts';
import { RunningProcess, repositoryRoot, stopEverything, temporaryFolder } from '../support/running-process.ts';

afterAll(stopEverything);

const installation = new Installation('python-page');
const folder = temporaryFolder('python-page');
let addresses: { readonly ml: string; readonly data: string };
let python: string;

beforeAll(async () => {
  await installation.begin();
  ({ python } = await pythonEnvironment('pandas', join(import.meta.dirname, 'pandas-requirements.txt')));
  await installation.readHere(fetchResultSchema, 'fetch', 'synthetic', '--count', '6', '--from', '2024-01-04');
  for (const command of ['train', 'predict']) expect((await installation.here(command)).exitCode).toBe(0);
  const tested = z.object({ run: z.string() });
  const { run } = await installation.readHere(tested, 'backtest', '--strategy', 'gap-fade', '--no-choose');
  for (const file of ['trades.parquet', 'returns.csv']) {
    const [table = ''] = file.split('.');
    const exported = await installation.here('data', 'export', table, run, '--output', join(folder, file));
    expect(exported.stderr).not.toContain('error');
  }
  symlinkSync(installation.stateFolder, join(folder, '.day-trade'));
  const up = installation.start(['up', '--json'], { environment: { DAYTRADE_SCHEDULER_ENABLED: 'false' } });
  await up.until('stdout', /"ready":true/);
  addresses = JSON.parse(readFileSync(join(installation.stateFolder, 'running.json'), 'utf8')) as typeof addresses;
});

it('runs the code of docs/python.md on a platform that runs', async () => {
  const page = readFileSync(join(repositoryRoot, 'docs', 'python.md'), 'utf8');
  const blocks = [...page.matchAll(/```python\n(.*?)```/gs)].map(([, block]) => block!);
  expect(blocks).toHaveLength(3);
  const code = blocks
    .join('\n')
    .replace('http://127.0.0.1:8000', addresses.ml)
    .replace('http://127.0.0.1:8001', addresses.data);
  const { exitCode, stdout, stderr } = await new RunningProcess(python, ['-c', code], { folder }).finished;
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/lower +upper +coverage/);
  expect(stdout).toMatch(/share of closes inside: 0\.\d+/);
  expect(stdout).toMatch(/Sharpe ratio of a year: -?\d+\.\d+/);
});
