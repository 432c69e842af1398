import { chmodSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { faultOfValue } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { KeyQuestion, ProviderDefinition } from '@daytrade/market-data';
import type { CommandContext, CommandInput } from '../define-command.ts';
import { writeWhole } from '../export/whole-file.ts';
import { textOption, wrongInput } from '../input.ts';
import { say, translated } from '../language/language.ts';
import { faultInWords } from '../output/terminal.ts';
import { systemClock } from '../platform/system-clock.ts';
import type { Questions } from '../questions.ts';
import type { Answers } from './answers.ts';

export interface ChosenKey {
  readonly key: string;
  /** The file that the settings name; undefined for a key of the environment, which stays there. */
  readonly file: string | undefined;
  /** True where the key is to be written to that file. */
  readonly isNew: boolean;
}

const mostTries = 3;

/**
 * Finds the key of a provider and tries it: of the option, of the environment, of the file in force, or as it is typed.
 * A person may correct a refused key, or the setting that it was refused for.
 *
 * @throws DayTradeError the refusal, where nothing is asked; `input.invalid` without a key
 */
export async function chooseKey(
  context: CommandContext,
  options: CommandInput['options'],
  answers: Answers,
  questions: Questions | undefined,
  { key: asked, questions: ofProvider }: Pick<ProviderDefinition['setup'], 'key' | 'questions'>,
): Promise<ChosenKey | undefined> {
  if (asked === undefined) return undefined;
  let chosen = givenKey(context, options, asked) ?? (await typedKey(questions, asked));
  for (let tries = 1; options.check !== false; tries += 1) {
    const fault = await faultOfKey(context, chosen, answers, asked);
    if (fault === undefined) break;
    if (questions === undefined || tries === mostTries) throw fault;
    questions.say(faultInWords(fault));
    const refused = ofProvider.find(({ setting }) => setting === asked.refusedSetting);
    try {
      if (fault.code === 'data.provider-forbidden') chosen = await typedKey(questions, asked);
      else if (fault.code === 'data.provider-refused' && refused !== undefined) await answers.ask(refused);
      else if (await questions.confirm(say`Write the settings without having tried the key?`, false)) break;
      else throw fault;
    } catch (error) {
      // The fault of the key says more than the missing answer.
      throw isDayTradeError(error) && error.code === 'input.invalid' ? fault : error;
    }
  }
  return chosen;
}

/** Tries a key. Returns the refusal; undefined where the key is taken. @throws DayTradeError `run.cancelled` */
async function faultOfKey(
  { terminal: { stderr }, signal }: CommandContext,
  { key }: ChosenKey,
  { settings }: Answers,
  { issuer, expectation, try: tryKey }: KeyQuestion,
): Promise<DayTradeError | undefined> {
  stderr.write(`${translated(expectation(settings))}\n${say`Asking ${issuer} …`}\n`);
  try {
    await tryKey(key, { settings, now: () => systemClock.now(), signal });
    stderr.write(`${say`${issuer} takes the key, and the plan has the newest bars that it should.`}\n`);
    return undefined;
  } catch (error) {
    if (isDayTradeError(error) && error.code !== 'run.cancelled') return error;
    throw error;
  }
}

function givenKey(
  { settings }: CommandContext,
  options: CommandInput['options'],
  { setting, fileSetting }: KeyQuestion,
): ChosenKey | undefined {
  const key = settings[setting];
  const named = textOption(options, 'keyFile');
  if (key !== undefined && named === undefined) return { key, file: undefined, isNew: false };
  if (key !== undefined) throw wrong(`expected ${setting} not to be set in the environment, which comes first`);
  const path = named === undefined ? settings[fileSetting] : resolve(named);
  return path === undefined ? undefined : { key: readKeyFile(path), file: path, isNew: false };
}

async function typedKey(
  questions: Questions | undefined,
  { issuer, address, setting, file }: KeyQuestion,
): Promise<ChosenKey> {
  if (questions === undefined) throw wrong(`expected the file that has the key of ${issuer}; ${address} gives one`);
  for (;;) {
    const key = await questions.askSecret(say`Key of ${issuer} (not shown; from the page of API keys at ${address})`);
    if (faultOfValue(setting, key) === undefined) return { key, file: defaultKeyFile(file), isNew: true };
    questions.say(say`That cannot be a key: expected 8 to 512 letters, digits and signs.`);
  }
}

function wrong(message: string): DayTradeError {
  return wrongInput('--key-file', message);
}

const groupAndOthers = 0o077;

/**
 * Returns the place of a key: beside the keys of other programs of its owner, and not in the state folder, which is
 * copied for a backup.
 */
function defaultKeyFile(name: string, { XDG_CONFIG_HOME: home }: NodeJS.ProcessEnv = process.env): string {
  return join(home || join(homedir(), '.config'), 'day-trade', name);
}

/**
 * Reads the key out of a file that a person has named.
 *
 * @throws DayTradeError `input.invalid` for a file that cannot be read, that others can read, or without a key; the
 *   message never has what is in it
 */
function readKeyFile(path: string): string {
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & groupAndOthers) !== 0) {
      throw wrongKeyFile(path, `others can read it (mode ${(mode & 0o777).toString(8)}): chmod 600 ${path}`);
    }
    const key = readFileSync(path, 'utf8').trim();
    const fault = faultOfValue('DAYTRADE_JQUANTS_API_KEY', key);
    if (fault !== undefined) throw wrongKeyFile(path, `it has something else in it; ${fault}`);
    return key;
  } catch (error) {
    if (error instanceof DayTradeError) throw error;
    throw wrongKeyFile(path, `it cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function wrongKeyFile(path: string, why: string): DayTradeError {
  const message =
    `--key-file ${JSON.stringify(path)}: expected a file with the key of J-Quants that only you can ` + `read; ${why}`;
  return new DayTradeError('input.invalid', message);
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
