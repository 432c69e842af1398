import { type SettingName, type Settings, universeIn } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandContext } from '../command-context.ts';
import type { CommandInput } from '../define-command.ts';
import type { Questions } from '../questions.ts';
import { Answers } from './answers.ts';
import { type ChosenKey, chooseKey } from './choose-key.ts';

/** What the walk ends with: settings for the file, and a key for a file of its own. */
export interface Chosen {
  readonly changes: ReadonlyMap<SettingName, string>;
  readonly plan: Settings['DAYTRADE_JQUANTS_PLAN'];
  readonly key: ChosenKey | undefined;
}

/**
 * Goes through language, provider, plan, universe and key. What an option says is not asked.
 *
 * @throws DayTradeError `input.invalid`; what `chooseKey` throws
 */
export async function walk(
  context: CommandContext,
  options: CommandInput['options'],
  questions: Questions | undefined,
): Promise<Chosen> {
  const answers = new Answers(context, options, questions);
  const note = (text: string) => void context.terminal.stderr.write(`${text}\n`);
  let key: ChosenKey | undefined;
  await answers.choose('language');
  const provider = await answers.choose('provider');
  if (provider === 'jquants') {
    await answers.choose('plan');
    await answers.choose('universe');
    await answers.choose('minutes');
    key = await chooseKey(context, options, answers, questions);
  } else if (provider === 'yahoo') {
    useYahoo(answers, note);
    await chooseCodes(answers, questions);
  } else if (provider === 'csv') {
    await answers.choose('folder');
  } else {
    note('The synthetic exchange makes bars by itself; everything made from them is labelled synthetic.');
  }
  if (key?.file !== undefined) answers.set('DAYTRADE_JQUANTS_API_KEY_FILE', key.file);
  return { changes: answers.changes, plan: answers.plan, key };
}

function useYahoo(answers: Answers, note: (text: string) => void): void {
  answers.set('DAYTRADE_YAHOO_USE', 'on');
  note('Yahoo Finance is an unofficial source: whether you may use its data is your responsibility.');
}

/** Yahoo does not know the members of an index. */
async function chooseCodes(answers: Answers, questions: Questions | undefined): Promise<void> {
  let universe = await answers.choose('universe');
  while ('universe' in universeIn(universe)) {
    const message = 'expected codes, as 7203,6758, since Yahoo does not know the members of an index';
    if (questions === undefined) throw new DayTradeError('input.invalid', `--universe: ${message}`);
    questions.say(message);
    universe = await answers.ask('universe');
  }
}
