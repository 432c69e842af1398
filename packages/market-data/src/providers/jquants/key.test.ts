import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '@daytrade/contracts';
import { expect, it, onTestFinished } from 'vitest';
import { keyOf } from './key.ts';

const keyIn = (path: string) => keyOf(parseSettings({ DAYTRADE_JQUANTS_API_KEY_FILE: path }))();

it('says what is wrong with a key file, without what is in it', async () => {
  await expect(keyIn('/nowhere/key')).rejects.toThrow(/KEY_FILE="\/nowhere\/key": it cannot be read \(ENOENT\)/);
  const folder = await mkdtemp(join(tmpdir(), 'key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const other = join(folder, 'other');
  await writeFile(other, 'two words and more');
  const error = await keyIn(other).catch((thrown: unknown) => thrown);
  expect(String(error)).toMatch(/has something else in it/);
  expect(String(error)).not.toContain('two words');
});
