import { readFile } from 'node:fs/promises';
import { DayTradeError } from '@daytrade/errors';
import type { DataServiceSettings } from './dependencies.ts';

const keyForm = /^[!-~]{8,512}$/;

/**
 * Where the API key of J-Quants comes from. The file is read for each fetch, so that a key may be replaced while a
 * process runs.
 *
 * @throws DayTradeError `settings.invalid` where neither the key nor its file is set; later, where the file has no key.
 *   No message shows what is in it.
 */
export function jquantsKey(settings: DataServiceSettings): () => Promise<string> {
  const { DAYTRADE_JQUANTS_API_KEY: key, DAYTRADE_JQUANTS_API_KEY_FILE: path } = settings;
  if (key !== undefined) return () => Promise.resolve(key);
  if (path === undefined) {
    const whereToGetOne = 'sign up at https://jpx-jquants.com and make one on its page of API keys';
    throw new DayTradeError(
      'settings.invalid',
      'DAYTRADE_JQUANTS_API_KEY: expected the key of J-Quants, or DAYTRADE_JQUANTS_API_KEY_FILE with a file ' +
        `that has it; ${whereToGetOne}`,
      { details: { field: 'DAYTRADE_JQUANTS_API_KEY' } },
    );
  }
  let read: Promise<string> | undefined;
  return () => (read ??= readKey(path));
}

async function readKey(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrongFile(path, `cannot be read (${error.code ?? error.name})`);
  });
  const key = text.trim();
  if (keyForm.test(key)) return key;
  throw wrongFile(path, 'has something else in it');
}

function wrongFile(path: string, why: string): DayTradeError {
  const expected = 'expected a file with the key alone, 8 to 512 letters, digits and signs of ASCII';
  return new DayTradeError(
    'settings.invalid',
    `DAYTRADE_JQUANTS_API_KEY_FILE=${JSON.stringify(path)}: ${expected}; it ${why}`,
    { details: { field: 'DAYTRADE_JQUANTS_API_KEY_FILE', path } },
  );
}
