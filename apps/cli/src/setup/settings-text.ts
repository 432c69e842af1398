import { type SettingName, settingKey, settingNameOf } from '@daytrade/contracts';
import type { SettingsFile } from '../settings/settings-file.ts';

/** Settings with the values that they are to have in the file. */
export type SettingChanges = ReadonlyMap<SettingName, string>;

const firstWords = `# Settings of day-trade; docs/settings.md lists all of them. The environment comes before this file.
# A section changes a job of the clock, or adds one; for example:
# [jobs.retraining]
# enabled = false`;

/**
 * The text of a settings file with changed values. Comments, order and everything else stay as they are; a setting that
 * is there keeps its place and spelling.
 *
 * @param file the file as it is; undefined where there is none
 */
export async function changedText(file: SettingsFile | undefined, changes: SettingChanges): Promise<string> {
  const { parse, patch, stringify } = await import('@decimalturn/toml-patch');
  const text = file?.text ?? '';
  const table = parse(text) as Table;
  const written = new Map(file?.settings.map((setting) => [settingNameOf(setting.key), setting]));
  const changed = [...changes].filter(([name, value]) => written.get(name)?.value !== value);
  for (const [name, value] of changed) put(table, (written.get(name)?.key ?? settingKey(name)).split('.'), value);
  if (text.trim() === '') return `${firstWords}\n\n${stringify(table)}`;
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
