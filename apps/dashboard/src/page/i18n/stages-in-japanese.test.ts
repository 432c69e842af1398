import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { providers } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { stagesInJapanese } from './stages-in-japanese.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..', '..');
const workers = [
  'services/*/src/{jobs,computation}/*.ts',
  'packages/storage/src/backup/*.ts',
  'packages/ensemble/src/{run-walk-forward,walk-forward/*,audit/audit-leaks}.ts',
];

/** The steps that jobs say they are at, out of their sources. */
function stages(): readonly string[] {
  const sources = globSync(workers, { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const said = [...sources.matchAll(/(?:stage: |progress\()['`]([^'`]+)['`]/g)].map(([, stage = '']) => stage);
  return said.flatMap((stage) =>
    stage.includes('${') ? Object.keys(providers).map((provider) => stage.replace(/\$\{[^}]+\}/, provider)) : [stage],
  );
}

it('names in Japanese every step of a job, and no other', () => {
  expect(Object.keys(stagesInJapanese).sort()).toEqual([...new Set(stages())].sort());
});
