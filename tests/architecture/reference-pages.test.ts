import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('docs/errors.md and docs/settings.md say what the code says', () => {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'write-reference-pages.ts');
  const { stderr, status } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});
