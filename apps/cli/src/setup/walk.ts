import type { SettingName, Settings } from '@daytrade/contracts';
import { type ProviderDefinition, providers } from '@daytrade/market-data';
import type { CommandContext, CommandInput } from '../define-command.ts';
import { type Language, say, speak } from '../language/language.ts';
import type { Questions } from '../questions.ts';
import { Answers, languageQuestion, providerQuestion } from './answers.ts';
import { type ChosenKey, chooseKey } from './jquants-key.ts';

/** Settings for the file, and a key for a file of its own. */
export interface Chosen {
  readonly changes: ReadonlyMap<SettingName, string>;
  /** The settings in force with the changes. */
  readonly settings: Settings;
  readonly provider: ProviderDefinition;
  readonly key: ChosenKey | undefined;
}

/**
 * Asks for the language, the provider, and the settings and the key of that provider. An option answers its question.
 *
 * @throws DayTradeError `input.invalid`; what `chooseKey` throws
 */
export async function walk(
  context: CommandContext,
  options: CommandInput['options'],
  questions: Questions | undefined,
): Promise<Chosen> {
  const answers = new Answers(context, options, questions);
  const language = (await answers.choose(languageQuestion)) as Language;
  if (!context.json) await speak(language);
  const chosen = await answers.choose(providerQuestion);
  const provider = providers.find(({ name }) => name === chosen)!;
  const { note, settings = {}, questions: asked, key: keyQuestion } = provider.setup;
  for (const [name, value] of Object.entries(settings)) answers.set(name as SettingName, value);
  if (note !== undefined) context.terminal.stderr.write(`${say(note)}\n`);
  for (const question of asked) await answers.choose(question);
  const key = keyQuestion && (await chooseKey(context, options, answers, questions, provider.setup));
  if (key?.file !== undefined && keyQuestion !== undefined) answers.set(keyQuestion.fileSetting, key.file);
  return { changes: answers.changes, settings: answers.settings, provider, key };
}
