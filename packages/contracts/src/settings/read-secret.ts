import { readFile } from 'node:fs/promises';
import { DayTradeError } from '@daytrade/errors';
import { faultOfValue } from './parse-settings.ts';
import type { SecretName } from './setting-types.ts';

/**
 * Returns a secret from its variable, or from the file of the variable with `_FILE`; undefined where neither is set.
 *
 * @throws DayTradeError `settings.invalid` naming the file, never its content
 */
export async function readSecret(
  settings: Readonly<Partial<Record<SecretName | `${SecretName}_FILE`, string | undefined>>>,
  name: SecretName,
): Promise<string | undefined> {
  const field = `${name}_FILE` as const;
  const { [name]: value, [field]: path } = settings;
  if (value !== undefined || path === undefined) return value;
  const wrongFile = (why: string) => new DayTradeError('settings.invalid', `${field}=${JSON.stringify(path)}: ${why}`);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrongFile(`it cannot be read (${error.code ?? error.name})`);
  });
  const fault = faultOfValue(name, text.trim());
  if (fault !== undefined) throw wrongFile(`it has something else in it; ${fault}`);
  return text.trim();
}
