import { lstatSync, realpathSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type SettingName, type Settings, settingKey, settingNameOf } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { providers, type SetupQuestion } from '@daytrade/market-data';
import type { CommandContext, CommandDefinition } from '../define-command.ts';
import { writeWhole } from '../export/whole-file.ts';
import { say, translated } from '../language/language.ts';
import { printNote, printResult } from '../output/terminal.ts';
import { readRunningFile } from '../platform/running-file.ts';
import { programName } from '../program-name.ts';
import { Questions } from '../questions.ts';
import { readSettingsFile, type SettingsFile } from '../settings/settings-file.ts';
import { languageQuestion, providerQuestion } from '../setup/answers.ts';
import { writeKeyFile } from '../setup/jquants-key.ts';
import { type Chosen, walk } from '../setup/walk.ts';

export const setupCommand: CommandDefinition = {
  usage: 'setup',
  summary: 'choose where bars come from, and write the settings file',
  description: `Asks for the language of the page, where bars come from (J-Quants, Yahoo, CSV files, or the synthetic
exchange), for which symbols, and who else is asked for what is lacking. The key of J-Quants is not shown while it is
typed, is tried with one request, and is kept in a file that only you can read, below
~/.config/day-trade. The answers are written to day-trade.toml in the clone or in DAYTRADE_HOME, or to the file of
DAYTRADE_SETTINGS_FILE; its comments and other settings stay as they are.

An empty answer takes what stands in brackets, so that it can be run again to change one thing. Answers may come from a
pipe, a line each. What an option says is not asked; with --yes nothing is asked. Ctrl-C leaves everything as it was.`,
  examples: [
    'daytrade setup',
    'daytrade setup --provider jquants --plan light --universe topix500 --language ja --key-file ./jquants-key --yes',
    'daytrade setup --provider csv --folder ./bars --language en --yes',
  ],
  writesSettings: true,
  configure: (command) => {
    for (const { flags, help } of setupQuestions()) command.option(flags, help);
    command
      .option('--key-file <file>', 'jquants: a file with the key that only you can read; it stays where it is')
      .option('--no-check', 'jquants: write the settings without trying the key')
      .option('--yes', 'ask nothing: take the options, and what is in force');
  },
  run: async (context, { options }) => {
    assertReplaceable(context.settingsFile);
    using questions = options.yes === true ? undefined : new Questions(context);
    const chosen = await walk(context, options, questions);
    const planned = await planFiles(context, chosen);
    noteOverridden(context, chosen);
    const isWritten = await isConfirmed(planned, questions);
    context.signal.throwIfAborted();
    if (isWritten) await writeFiles(planned);
    report(context, planned, isWritten ? nextSteps(chosen, context) : undefined);
  },
};

/** Every question with an option once. */
function setupQuestions(): readonly SetupQuestion[] {
  const asked = [providerQuestion, ...providers.flatMap(({ setup }) => setup.questions), languageQuestion];
  return [...new Map(asked.toReversed().map((question) => [question.flags, question])).values()].reverse();
}

/** Asks for confirmation, unless the option has given it. */
async function isConfirmed(planned: PlannedFiles, questions: Questions | undefined): Promise<boolean> {
  questions?.say(contentOf(planned));
  return (await questions?.confirm(say`Write this?`, true)) ?? true;
}

function contentOf({ settingsFile, lines, key }: PlannedFiles): string {
  const settings = lines.length === 0 ? [say`nothing that is not there already`] : lines;
  const file = key === undefined ? [] : [say`${key.path}, for you alone`, `  ${say`the key of J-Quants`}`];
  return [settingsFile, ...settings.map((line) => `  ${line}`), ...file].join('\n');
}

/** The environment comes before the file: what is written would not be in force. */
function noteOverridden({ terminal, settings, settingSources }: CommandContext, { changes }: Chosen): void {
  for (const [name, value] of changes) {
    if (settingSources.get(name)?.from !== 'environment' || settings[name] === value) continue;
    printNote(terminal, say`${name} is set in the environment, which comes before ${settingKey(name)} in the file`);
  }
}

/** @param next what to do now; undefined where nothing was written */
function report({ terminal, json }: CommandContext, planned: PlannedFiles, next: readonly string[] | undefined): void {
  const { settingsFile, key, text } = planned;
  const files = { settingsFile, keyFile: key?.path ?? null };
  if (next === undefined) {
    printResult({ terminal, json }, { written: false, ...files, text }, () =>
      [say`Nothing was written. It would be`, contentOf(planned), say`and the settings file as a whole`, text].join(
        '\n\n',
      ),
    );
    return;
  }
  const wrote = key === undefined ? settingsFile : say`${key.path} and ${settingsFile}`;
  printResult({ terminal, json }, { written: true, ...files, next }, () =>
    [say`Wrote ${wrote}.`, '', say`Next:`, ...next.map((line) => `  ${line}`)].join('\n'),
  );
}

const train = [
  `${programName} train`,
  'trains the ensemble on these bars; the model goes live when it is complete',
] as const;
const predict = [`${programName} predict`, "publishes the intervals for the next session's close"] as const;
const up = [`${programName} up`, 'runs everything with the page, and fetches what is new by itself'] as const;
const demo = [`${programName} up`, 'makes bars, trains on them, and shows the page'] as const;

/** Lists the commands to run after the setup. */
function nextSteps(
  { settings: chosen, provider }: Pick<Chosen, 'settings' | 'provider'>,
  { settings }: Pick<CommandContext, 'settings'>,
): readonly string[] {
  const fetched = provider.setup.firstFetch?.(chosen);
  const steps = fetched === undefined ? [demo] : [[`${programName} fetch`, fetched] as const, train, predict, up];
  const lines = steps.map(([command, reason]) => `${command.padEnd(programName.length + 10)}${translated(reason)}`);
  const again = say`stop the platform that is running and start it again, since it has the settings of its start`;
  return isRunning(settings) ? [again, ...lines] : lines;
}

function isRunning({ DAYTRADE_STATE_DIR: folder, DAYTRADE_HOST: host }: Settings): boolean {
  try {
    return readRunningFile(folder, host) !== undefined;
  } catch {
    // The command that needs the file reports its fault.
    return false;
  }
}

/** Files that the setup is about to write. */
interface PlannedFiles {
  readonly settingsFile: string;
  readonly text: string;
  /** New and changed settings as lines of the file: `jquants.plan = "light"`. */
  readonly lines: readonly string[];
  /** A new key with the file that it goes to; undefined where the key stays where it is. */
  readonly key: { readonly path: string; readonly key: string } | undefined;
}

/** @throws DayTradeError `settings.invalid` for a file that is not TOML */
async function planFiles(
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
async function writeFiles({ settingsFile, text, key }: PlannedFiles): Promise<void> {
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
function assertReplaceable(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== false) return;
  throw new DayTradeError('output.unwritable', `${path}: expected a file, or nothing yet`);
}

/**
 * Replaces a file in one step, so that a kill leaves the old text or the new one. A symbolic link stays, and its target
 * is replaced. An existing file keeps its mode.
 *
 * @throws DayTradeError `output.unwritable`
 */
async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  assertReplaceable(path);
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const target = isLink ? realpathSync(path) : path;
  const kept = statSync(target, { throwIfNoEntry: false })?.mode ?? mode;
  await writeWhole(target, (unfinished) => writeFile(unfinished, text, { mode: kept & 0o777, flag: 'wx' }));
}
