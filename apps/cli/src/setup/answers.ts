import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { faultOfValue, type SettingName, type Settings, settingsSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandContext } from '../command-context.ts';
import type { CommandInput } from '../define-command.ts';
import { textOption } from '../input.ts';
import type { Questions } from '../questions.ts';

/** What is asked, by the name of its option. */
const asked = {
  provider: {
    setting: 'DAYTRADE_PROVIDER',
    question: 'Where do bars come from? jquants, csv (a folder of files), yahoo (unofficial) or synthetic (a demo)',
  },
  plan: {
    setting: 'DAYTRADE_JQUANTS_PLAN',
    question: 'Which plan of J-Quants do you have? free, light, standard, premium',
  },
  universe: {
    setting: 'DAYTRADE_UNIVERSE',
    question: 'Which symbols? topix500, topix100, or codes with commas between them',
  },
  minutes: {
    setting: 'DAYTRADE_JQUANTS_MINUTE_SESSIONS',
    question: 'Minute bars of how many of the newest sessions? They need the add-on of J-Quants; 0 without it',
  },
  folder: { setting: 'DAYTRADE_CSV_FOLDER', question: 'Which folder has the files, one per symbol?' },
  language: {
    setting: 'DAYTRADE_LANGUAGE',
    question: 'Language of the page and reports / 画面とレポートの言語? en, ja',
  },
} as const satisfies Record<string, { readonly setting: SettingName; readonly question: string }>;

type Asked = keyof typeof asked;

/** What a person chose, by option, by answer, or by taking what is in force; checked as the settings are. */
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

  /** The plan that was chosen, else the one in force. */
  get plan(): Settings['DAYTRADE_JQUANTS_PLAN'] {
    const chosen = settingsSchema.shape.DAYTRADE_JQUANTS_PLAN.safeParse(this.#changes.get('DAYTRADE_JQUANTS_PLAN'));
    return chosen.data ?? this.#context.settings.DAYTRADE_JQUANTS_PLAN;
  }

  set(name: SettingName, value: string): void {
    this.#changes.set(name, value);
  }

  /** @throws DayTradeError `input.invalid` for an option that cannot be, or is missing where nothing is asked */
  async choose(what: Asked): Promise<string> {
    const option = textOption(this.#options, what);
    return option === undefined ? await this.ask(what) : this.#take(what, option);
  }

  /** Asks even where an option has said it, until the answer can be. @throws as {@link choose} */
  async ask(what: Asked): Promise<string> {
    const inForce = this.#proposalOf(what);
    for (;;) {
      if (this.#questions === undefined && inForce === undefined)
        throw wrong(what, 'expected it, since nothing is asked with --yes');
      const answer = (await this.#questions?.ask(asked[what].question, inForce)) ?? inForce ?? '';
      try {
        return this.#take(what, answer);
      } catch (error) {
        if (this.#questions === undefined) throw error;
        this.#questions.say((error as Error).message.replace(/^--\w+: /, ''));
      }
    }
  }

  /** What is in force; for the provider what most people want, and for the language that of this machine. */
  #proposalOf(what: Asked): string | undefined {
    const { settings, settingSources } = this.#context;
    const { setting } = asked[what];
    if (what === 'provider' && !settingSources.has(setting)) return this.#questions && 'jquants';
    if (what === 'minutes') return String(settings.DAYTRADE_JQUANTS_MINUTE_SESSIONS);
    if (what !== 'language') return settings[asked[what].setting];
    const { locale } = Intl.DateTimeFormat().resolvedOptions();
    return settings.DAYTRADE_LANGUAGE ?? (locale.startsWith('ja') ? 'ja' : 'en');
  }

  /** Whether a file need not have it: most people have no minute bars. */
  #isUsual(what: Asked, value: string): boolean {
    const { settings, settingSources } = this.#context;
    const { setting } = asked[what];
    if (what !== 'minutes') return false;
    return !settingSources.has(setting) && value === String(settings[setting]);
  }

  #take(what: Asked, text: string): string {
    const value = what === 'folder' ? resolve(text) : text;
    const fault = faultOfValue(asked[what].setting, value) ?? (what === 'folder' ? faultOfFolder(value) : undefined);
    if (fault !== undefined) throw wrong(what, `${fault}, got ${JSON.stringify(text)}`);
    if (!this.#isUsual(what, value)) this.set(asked[what].setting, value);
    return value;
  }
}

function faultOfFolder(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
    ? undefined
    : 'expected a folder that exists';
}

function wrong(what: Asked, message: string): DayTradeError {
  return new DayTradeError('input.invalid', `--${what}: ${message}`, { details: { field: `--${what}` } });
}
