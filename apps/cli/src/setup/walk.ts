import type { SettingName, Settings } from '@daytrade/contracts';
import type { CommandContext } from '../command-context.ts';
import type { CommandInput } from '../define-command.ts';
import { Answers } from './answers.ts';
import { type ChosenKey, chooseKey } from './choose-key.ts';
import type { Questions } from './questions.ts';

/** What the walk ends with: settings for the file, and a key for a file of its own. */
export interface Chosen {
  readonly changes: ReadonlyMap<SettingName, string>;
  readonly plan: Settings['DAYTRADE_JQUANTS_PLAN'];
  readonly key: ChosenKey | undefined;
}

/**
 * Goes through provider, plan, universe, key and language. What an option says is not asked.
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
  const provider = await answers.choose('provider');
  if (provider === 'jquants') {
    await answers.choose('plan');
    await answers.choose('universe');
    key = await chooseKey(context, options, answers, questions);
  } else if (provider === 'csv') {
    await answers.choose('folder');
  } else {
    note('The synthetic exchange makes bars by itself; everything made from them is labelled synthetic.');
  }
  await answers.choose('language');
  if (key?.file !== undefined) answers.set('DAYTRADE_JQUANTS_API_KEY_FILE', key.file);
  return { changes: answers.changes, plan: answers.plan, key };
}
