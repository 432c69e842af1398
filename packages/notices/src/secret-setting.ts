import { readFile } from 'node:fs/promises';
import { settingsSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { NoticeSettings } from './notice-settings.ts';

/** Settings that may stand in a file of their own. */
type SecretName = {
  [Name in keyof NoticeSettings]-?: `${Name}_FILE` extends keyof NoticeSettings ? Name : never;
}[keyof NoticeSettings];

/**
 * The value of a secret: of its variable, or of the file that the variable with `_FILE` names.
 *
 * @throws DayTradeError `settings.invalid` naming the file; no message shows what is in it
 */
export async function secretSetting(settings: NoticeSettings, name: SecretName): Promise<string | undefined> {
  const value = settings[name];
  const path = settings[`${name}_FILE`];
  if (value !== undefined || path === undefined) return value;
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrongFile(name, path, `it cannot be read (${error.code ?? error.name})`);
  });
  const parsed = settingsSchema.shape[name].safeParse(text.trim());
  if (parsed.success) return parsed.data;
  throw wrongFile(name, path, `${parsed.error.issues[0]?.message ?? 'expected another form'}; it has something else`);
}

function wrongFile(name: string, path: string, why: string): DayTradeError {
  const field = `${name}_FILE`;
  return new DayTradeError('settings.invalid', `${field}=${JSON.stringify(path)}: ${why}`, {
    details: { field, path },
  });
}
