import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type FileSetting, labelOf, settingNameOf, settingsSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { TomlDocument } from '@decimalturn/toml-patch';

export interface SettingsFile {
  readonly path: string;
  readonly text: string;
  readonly settings: readonly FileSetting[];
}

/**
 * Reads a settings file, TOML in UTF-8. A relative path in it begins in the folder of the file. Which settings there
 * are and what they may be is for `parseSettings` to check.
 *
 * @param path absolute
 * @throws DayTradeError `settings.invalid` naming file, line and key, for what cannot be read or is not TOML
 */
export async function readSettingsFile(path: string): Promise<SettingsFile | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    return { path, text, settings: text.trim() === '' ? [] : await settingsIn(text, path) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw code === undefined || error instanceof DayTradeError ? error : wrong(path, `cannot be read (${code})`);
  }
}

/**
 * Reads the settings in a text.
 *
 * @param path of the file that has the text
 * @throws DayTradeError as `readSettingsFile`
 */
export async function settingsIn(text: string, path: string): Promise<readonly FileSetting[]> {
  const { parseDocument } = await import('@decimalturn/toml-patch');
  const document = readingToml(path, () => parseDocument(text));
  const table = readingToml(path, () => document.toJsObject as Readonly<Record<string, unknown>>);
  const lines = linesOf(document);
  return leavesOf(table).map(([words, value]) => {
    const key = words.join('.');
    const place = {
      key,
      file: path,
      line: lines.get(key) ?? lines.get(words[0] ?? '') ?? firstWithin(lines, key) ?? 1,
    };
    return { ...place, value: inPlace(key, textOf(value, place), path) };
  });
}

/** The parser's reason may quote what stands there, which may be a secret: it is left out. */
function readingToml<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    const { line, message } = error as Error & { readonly line?: number };
    const reason = message
      .trimEnd()
      .split('\n')
      .at(-1)
      ?.replaceAll(/ ?"[^"]*"/g, '');
    const place = line === undefined ? '' : `line ${line}: `;
    throw wrong(path, `${place}expected TOML, with texts in quotes, as plan = "light": ${reason}`);
  }
}

const jobs = 'jobs';

/** Every value that is not a table, with the words that lead to it. */
function leavesOf(table: Readonly<Record<string, unknown>>, above: readonly string[] = []): [string[], unknown][] {
  return Object.entries(table).flatMap(([word, value]): [string[], unknown][] => {
    const words = [...above, word];
    const isWhole = words.length === 1 && word === jobs;
    return isTable(value) && !isWhole ? leavesOf(value, words) : [[words, value]];
  });
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** A value as an environment variable would have it. */
function textOf(value: unknown, place: Omit<FileSetting, 'value'>): string {
  const isText = (item: unknown) => ['string', 'number', 'bigint', 'boolean'].includes(typeof item);
  if (isText(value)) return String(value);
  if (isTable(value) && place.key === jobs) return JSON.stringify(value);
  if (Array.isArray(value) && value.every(isText)) return value.map(String).join(',');
  const expected = 'expected a text, a number, true, false, or a list of them';
  throw new DayTradeError('settings.invalid', `${labelOf(place)}: ${expected}`);
}

function inPlace(key: string, value: string, path: string): string {
  const schema = Object.entries(settingsSchema.shape).find(([name]) => name === settingNameOf(key))?.[1];
  return schema?.meta()?.unit === 'path' && value !== '' ? resolve(dirname(path), value) : value;
}

/** The line of each key, and of each section. */
function linesOf(document: TomlDocument): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const note = (words: readonly string[], line: number) => lines.set(words.join('.'), line);
  for (const block of document.cst) {
    if ('equals' in block) note(block.key.value, block.loc.start.line);
    else if ('items' in block) {
      const section = block.key.item.value;
      note(section, block.loc.start.line);
      for (const row of block.items) {
        if ('equals' in row) note([...section, ...row.key.value], row.loc.start.line);
      }
    }
  }
  return lines;
}

/** The line of the first section or key below a table that has no line of its own. */
function firstWithin(lines: ReadonlyMap<string, number>, table: string): number | undefined {
  return [...lines].find(([key]) => key.startsWith(`${table}.`))?.[1];
}

function wrong(path: string, what: string): DayTradeError {
  return new DayTradeError('settings.invalid', `${path} ${what}`);
}
