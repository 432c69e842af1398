import { resolve } from 'node:path';
import { faultOfValue } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { CommandContext } from '../command-context.ts';
import type { CommandInput } from '../define-command.ts';
import { textOption } from '../input.ts';
import { systemClock } from '../platform/system-clock.ts';
import type { Questions } from '../questions.ts';
import type { Answers } from './answers.ts';
import { defaultKeyFile, readKeyFile } from './key-file.ts';
import { planWords } from './plan-words.ts';
import { tryKey } from './try-key.ts';

/** A key, and what is to become of it. */
export interface ChosenKey {
  readonly key: string;
  /** The file that the settings name; undefined for a key of the environment, which stays there. */
  readonly file: string | undefined;
  /** Whether the key is new in that file. */
  readonly isNew: boolean;
}

const mostTries = 3;

/**
 * Finds the key of J-Quants and tries it: of the option, of the environment, of the file in force, or as it is typed.
 * Where J-Quants refuses it, the person may correct key or plan.
 *
 * @throws DayTradeError what `tryKey` throws, where nobody corrects it; `input.invalid` without a key
 */
export async function chooseKey(
  context: CommandContext,
  options: CommandInput['options'],
  answers: Answers,
  questions: Questions | undefined,
): Promise<ChosenKey> {
  let chosen = givenKey(context, options) ?? (await typedKey(questions));
  for (let tries = 1; options.check !== false; tries += 1) {
    const fault = await faultOfKey(context, chosen, answers);
    if (fault === undefined) break;
    if (questions === undefined || tries === mostTries) throw fault;
    questions.say(fault.message);
    try {
      if (fault.code === 'data.provider-forbidden') chosen = await typedKey(questions);
      else if (fault.code === 'data.provider-refused') await answers.ask('plan');
      else if (await questions.confirm('Write the settings without having tried the key?', false)) break;
      else throw fault;
    } catch (error) {
      // Where nobody answers, what was wrong is worth more than that nobody answered.
      throw isDayTradeError(error) && error.code === 'input.invalid' ? fault : error;
    }
  }
  return chosen;
}

/** What J-Quants has against the key; undefined when it takes it. @throws DayTradeError `run.cancelled` */
async function faultOfKey(
  { terminal: { stderr }, settings, signal }: CommandContext,
  { key }: ChosenKey,
  { plan }: Answers,
): Promise<DayTradeError | undefined> {
  stderr.write(`${planWords(plan)}\nAsking J-Quants …\n`);
  try {
    await tryKey({ key, plan, url: settings.DAYTRADE_JQUANTS_URL, now: () => systemClock.now(), signal });
    stderr.write('J-Quants takes the key, and the plan has the newest bars that it should.\n');
    return undefined;
  } catch (error) {
    if (isDayTradeError(error) && error.code !== 'run.cancelled') return error;
    throw error;
  }
}

function givenKey({ settings }: CommandContext, options: CommandInput['options']): ChosenKey | undefined {
  const { DAYTRADE_JQUANTS_API_KEY: key, DAYTRADE_JQUANTS_API_KEY_FILE: inForce } = settings;
  const named = textOption(options, 'keyFile');
  if (key !== undefined && named === undefined) return { key, file: undefined, isNew: false };
  if (key !== undefined) {
    const message = '--key-file: expected DAYTRADE_JQUANTS_API_KEY not to be set in the environment, which comes first';
    throw new DayTradeError('input.invalid', message, { details: { field: '--key-file' } });
  }
  const path = named === undefined ? inForce : resolve(named);
  return path === undefined ? undefined : { key: readKeyFile(path), file: path, isNew: false };
}

async function typedKey(questions: Questions | undefined): Promise<ChosenKey> {
  if (questions === undefined) {
    const message = '--key-file: expected the file that has the key of J-Quants; https://jpx-jquants.com gives one';
    throw new DayTradeError('input.invalid', message, { details: { field: '--key-file' } });
  }
  for (;;) {
    const key = await questions.askSecret(
      'Key of J-Quants (not shown; from the page of API keys at https://jpx-jquants.com)',
    );
    if (faultOfValue('DAYTRADE_JQUANTS_API_KEY', key) === undefined) {
      return { key, file: defaultKeyFile(), isNew: true };
    }
    questions.say('That cannot be a key: expected 8 to 512 letters, digits and signs.');
  }
}
