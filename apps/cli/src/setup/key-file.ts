import { chmodSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { faultOfValue } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { writeWhole } from '../export/whole-file.ts';

const groupAndOthers = 0o077;

/**
 * Where the setup keeps a key: beside the keys of other programs of its owner, and not in the state folder, which is
 * copied for a backup.
 */
export function defaultKeyFile(name: string, { XDG_CONFIG_HOME: home }: NodeJS.ProcessEnv = process.env): string {
  return join(home || join(homedir(), '.config'), 'day-trade', name);
}

/**
 * Reads the key out of a file that a person has named.
 *
 * @throws DayTradeError `input.invalid` for a file that cannot be read, that others can read, or without a key; the
 *   message never has what is in it
 */
export function readKeyFile(path: string): string {
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & groupAndOthers) !== 0) {
      throw wrong(path, `others can read it (mode ${(mode & 0o777).toString(8)}): chmod 600 ${path}`);
    }
    const key = readFileSync(path, 'utf8').trim();
    const fault = faultOfValue('DAYTRADE_JQUANTS_API_KEY', key);
    if (fault !== undefined) throw wrong(path, `it has something else in it; ${fault}`);
    return key;
  } catch (error) {
    if (error instanceof DayTradeError) throw error;
    throw wrong(path, `it cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function wrong(path: string, why: string): DayTradeError {
  const message =
    `--key-file ${JSON.stringify(path)}: expected a file with the key of J-Quants that only you can ` + `read; ${why}`;
  return new DayTradeError('input.invalid', message, { details: { field: '--key-file', path } });
}

/**
 * Writes a key for its owner alone: folder 0700, file 0600.
 *
 * @throws DayTradeError `output.unwritable`
 */
export async function writeKeyFile(path: string, key: string): Promise<void> {
  await writeWhole(path, async (unfinished) => {
    chmodSync(dirname(path), 0o700);
    await writeFile(unfinished, `${key}\n`, { mode: 0o600, flag: 'wx' });
  });
}
