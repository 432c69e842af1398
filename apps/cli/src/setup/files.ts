import { lstatSync, realpathSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type SettingName, settingKey, settingNameOf } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandContext } from '../define-command.ts';
import { writeWhole } from '../export/whole-file.ts';
import { say } from '../language/language.ts';
import { readSettingsFile, type SettingsFile } from '../settings/settings-file.ts';
import { writeKeyFile } from './jquants-key.ts';
import type { Chosen } from './walk.ts';

/** Files that the setup is about to write. */
export interface PlannedFiles {
  readonly settingsFile: string;
  /** The whole new text. */
  readonly text: string;
  /** New and changed settings as lines of the file: `jquants.plan = "light"`. */
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
 * Writes the key, then the settings that name it. A kill leaves each file old or new.
 *
 * @throws DayTradeError `output.unwritable`
 */
export async function writeFiles({ settingsFile, text, key }: PlannedFiles): Promise<void> {
  if (key !== undefined) await writeKeyFile(key.path, key.key);
  await replaceFile(settingsFile, text, 0o644);
}

/** New values of settings. */
type SettingChanges = ReadonlyMap<SettingName, string>;

const firstWords = `# Settings of day-trade; docs/settings.md lists all of them. The environment comes before this file.
# A section changes a job of the clock, or adds one; for example:
# [jobs.retraining]
# enabled = false`;

/**
 * Returns the text of a settings file with changed values. Everything else stays: comments, order and spelling.
 *
 * @param file the present file; undefined without one
 */
export async function changedText(file: SettingsFile | undefined, changes: SettingChanges): Promise<string> {
  const { parse, patch, stringify } = await import('@decimalturn/toml-patch');
  const text = file?.text ?? '';
  const table = parse(text) as Table;
  const written = new Map(file?.settings.map((setting) => [settingNameOf(setting.key), setting]));
  const changed = [...changes].filter(([name, value]) => written.get(name)?.value !== value);
  for (const [name, value] of changed) put(table, (written.get(name)?.key ?? settingKey(name)).split('.'), value);
  if (text.trim() === '') return `${say(firstWords)}\n\n${stringify(table)}`;
  return changed.length === 0 ? text : patch(text, table);
}

interface Table {
  [word: string]: unknown;
}

function put(table: Table, [word = '', ...below]: readonly string[], value: string): void {
  if (below.length === 0) {
    table[word] = value;
    return;
  }
  const inner = Object.hasOwn(table, word) ? table[word] : undefined;
  const section: Table = typeof inner === 'object' && inner !== null ? (inner as Table) : {};
  put(section, below, value);
  table[word] = section;
}

/**
 * Throws for a path that exists and is no regular file, for example `/dev/null`.
 *
 * @throws DayTradeError `output.unwritable`
 */
export function assertReplaceable(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== false) return;
  throw new DayTradeError('output.unwritable', `${path}: expected a file, or nothing yet`);
}

/**
 * Replaces a file in one step, so that a kill leaves the old text or the new one. A symbolic link stays, and its target
 * is replaced. An existing file keeps its mode.
 *
 * @param mode the mode of a new file
 * @throws DayTradeError `output.unwritable`
 */
async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  assertReplaceable(path);
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const target = isLink ? realpathSync(path) : path;
  const kept = statSync(target, { throwIfNoEntry: false })?.mode ?? mode;
  await writeWhole(target, (unfinished) => writeFile(unfinished, text, { mode: kept & 0o777, flag: 'wx' }));
}
