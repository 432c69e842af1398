import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { faultOfValue, type SettingName, type Settings, settingsSchema } from '@daytrade/contracts';
import { asDayTradeError, type DayTradeError } from '@daytrade/errors';
import { type SetupQuestion, unknownProvider } from '@daytrade/market-data';
import type { CommandContext, CommandInput } from '../define-command.ts';
import { optionName } from '../fetch-request.ts';
import { textOption, wrongInput } from '../input.ts';
import { languageOfMachine, say } from '../language/language.ts';
import { faultInWords } from '../output/terminal.ts';
import type { Questions } from '../questions.ts';

/** Questions that come before those of the provider. */
export const languageQuestion: SetupQuestion = {
  flags: '--language <language>',
  help: 'of page, reports and commands: ja or en',
  setting: 'DAYTRADE_LANGUAGE',
  question: 'Language of the page, reports and commands / 画面・レポート・コマンドの言語? en, ja',
};
export const providerQuestion: SetupQuestion = {
  flags: '--provider <name>',
  help: 'jquants, csv, yahoo (unofficial) or synthetic',
  setting: 'DAYTRADE_PROVIDER',
  question: 'Where do bars come from? jquants, csv (a folder of files), yahoo (unofficial) or synthetic (a demo)',
  fault: unknownProvider,
};
/** Proposed where no provider is set. */
const usualProvider = 'jquants';

/** Settings that a person chose by option, by answer, or by taking the value in force; checked as settings are. */
export class Answers {
  readonly #context: CommandContext;
  readonly #options: CommandInput['options'];
  readonly #questions: Questions | undefined;
  readonly #changes = new Map<SettingName, string>();

  /** @param questions undefined: nothing is asked */
  constructor(context: CommandContext, options: CommandInput['options'], questions: Questions | undefined) {
    this.#context = context;
    this.#options = options;
    this.#questions = questions;
  }

  get changes(): ReadonlyMap<SettingName, string> {
    return this.#changes;
  }

  /** The settings in force with the chosen ones in their place. */
  get settings(): Settings {
    const changed = [...this.#changes].map(([name, value]) => [name, settingsSchema.shape[name].parse(value)] as const);
    return { ...this.#context.settings, ...Object.fromEntries(changed) };
  }

  set(name: SettingName, value: string): void {
    this.#changes.set(name, value);
  }

  /** @throws DayTradeError `input.invalid` for a wrong option, or a missing one where nothing is asked */
  async choose(question: SetupQuestion): Promise<string> {
    const option = textOption(this.#options, optionName(question));
    return option === undefined ? await this.ask(question) : this.#take(question, option);
  }

  /** Asks until the answer is valid, also where an option has answered. @throws as {@link choose} */
  async ask(asked: SetupQuestion): Promise<string> {
    const proposal = this.#proposalOf(asked);
    for (;;) {
      if (this.#questions === undefined && proposal === undefined)
        throw wrong(asked, 'expected it, since nothing is asked with --yes');
      const answer = (await this.#questions?.ask(say(asked.question), proposal)) ?? proposal ?? '';
      try {
        return this.#take(asked, answer);
      } catch (error) {
        if (this.#questions === undefined) throw error;
        this.#questions.say(faultInWords(asDayTradeError(error)).replace(/--\w+: /, ''));
      }
    }
  }

  /** Returns the value in force; the usual provider and the language of this machine where none was set. */
  #proposalOf({ setting }: SetupQuestion): string | undefined {
    const { settings, settingSources } = this.#context;
    if (setting === 'DAYTRADE_PROVIDER' && !settingSources.has(setting)) return this.#questions && usualProvider;
    const inForce = settings[setting];
    if (setting !== 'DAYTRADE_LANGUAGE' || inForce !== undefined) return textOf(inForce);
    return languageOfMachine();
  }

  #take(asked: SetupQuestion, text: string): string {
    const { setting, isFolder = false, leavesDefault = false, fault } = asked;
    const value = isFolder ? resolve(text) : text;
    const found = faultOfValue(setting, value) ?? (isFolder ? faultOfFolder(value) : undefined) ?? fault?.(value);
    if (found !== undefined) throw wrong(asked, `${found}, got ${JSON.stringify(text)}`);
    const { settings, settingSources } = this.#context;
    const isDefault = !settingSources.has(setting) && value === textOf(settings[setting]);
    if (!(leavesDefault && isDefault)) this.set(setting, value);
    return value;
  }
}

/** Returns a value as an answer has it; undefined for a list or none. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function faultOfFolder(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
    ? undefined
    : 'expected a folder that exists';
}

function wrong(question: SetupQuestion, message: string): DayTradeError {
  return wrongInput(`--${optionName(question)}`, message);
}
