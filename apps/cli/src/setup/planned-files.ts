import { settingKey, settingNameOf } from '@daytrade/contracts';
import type { CommandContext } from '../command-context.ts';
import { readSettingsFile } from '../settings/settings-file.ts';
import { writeKeyFile } from './key-file.ts';
import { replaceFile } from './replace-file.ts';
import { changedText } from './settings-text.ts';
import type { Chosen } from './walk.ts';

/** What the setup is about to write. */
export interface PlannedFiles {
  readonly settingsFile: string;
  /** The whole new text. */
  readonly text: string;
  /** The settings that are new or another than before, as the file has them: `jquants.plan = "light"`. */
  readonly lines: readonly string[];
  /** A new key with the file that it goes to; undefined where the key stays where it is. */
  readonly key: { readonly path: string; readonly key: string } | undefined;
}

/** @throws DayTradeError `settings.invalid` for a file that is not TOML */
export async function planFiles(
  { settingsFile }: Pick<CommandContext, 'settingsFile'>,
  { changes, key }: Chosen,
): Promise<PlannedFiles> {
  const file = await readSettingsFile(settingsFile);
  const before = new Map(file?.settings.map(({ key: written, value }) => [settingNameOf(written), value]));
  const changed = [...changes].filter(([name, value]) => before.get(name) !== value);
  return {
    settingsFile,
    text: await changedText(file, changes),
    lines: changed.map(([name, value]) => `${settingKey(name)} = ${JSON.stringify(value)}`),
    key: key?.isNew === true && key.file !== undefined ? { path: key.file, key: key.key } : undefined,
  };
}

/**
 * Writes the key, then the settings that name it; each is the old or the new one at any moment.
 *
 * @throws DayTradeError `output.unwritable`
 */
export async function writeFiles({ settingsFile, text, key }: PlannedFiles): Promise<void> {
  if (key !== undefined) await writeKeyFile(key.path, key.key);
  await replaceFile(settingsFile, text, 0o644);
}
