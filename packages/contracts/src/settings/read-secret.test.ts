import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readSecret } from './read-secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'daytrade-secret-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const token = '0123456789abcdef01234567';

it('a secret is its variable, or the text of its file without the space around it', async () => {
  const path = write('token', ` ${token}\n`);
  expect(await readSecret({ DAYTRADE_TOKEN: 'in the environment' }, 'DAYTRADE_TOKEN')).toBe('in the environment');
  expect(await readSecret({ DAYTRADE_TOKEN_FILE: path }, 'DAYTRADE_TOKEN')).toBe(token);
  expect(await readSecret({ DAYTRADE_TOKEN: 'first', DAYTRADE_TOKEN_FILE: path }, 'DAYTRADE_TOKEN')).toBe('first');
  expect(await readSecret({ DAYTRADE_READ_TOKEN_FILE: path }, 'DAYTRADE_TOKEN')).toBeUndefined();
});

it('a file that is missing, or has something else in it, is named without its content', async () => {
  const missing = join(folder, 'missing');
  await expect(readSecret({ DAYTRADE_TOKEN_FILE: missing }, 'DAYTRADE_TOKEN')).rejects.toMatchObject({
    code: 'settings.invalid',
    message: `DAYTRADE_TOKEN_FILE=${JSON.stringify(missing)}: it cannot be read (ENOENT)`,
  });
  const short = write('short', 'tooshort');
  await expect(readSecret({ DAYTRADE_TOKEN_FILE: short }, 'DAYTRADE_TOKEN')).rejects.toMatchObject({
    message:
      `DAYTRADE_TOKEN_FILE=${JSON.stringify(short)}: it has something else in it; ` + 'expected at least 24 characters',
  });
});
