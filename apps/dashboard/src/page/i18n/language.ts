import { targetInWords } from '@daytrade/contracts/objective';
import { signal } from '@preact/signals';
import { accuracyTexts } from './texts/accuracy.ts';
import { appTexts } from './texts/app.ts';
import { forecastsTexts } from './texts/forecasts.ts';
import { paperTexts } from './texts/paper.ts';
import { platformTexts } from './texts/platform.ts';

export type Language = 'en' | 'ja';

/**
 * Every text of the page. `{name}` stands for a value, `{sessions:session}` for a number with its English noun, which
 * gets its plural, and `{promise}` for the promised coverage.
 */
export const texts = { ...appTexts, ...forecastsTexts, ...accuracyTexts, ...platformTexts, ...paperTexts } satisfies {
  readonly [key: string]: readonly [english: string, japanese: string];
};

export type TextKey = keyof typeof texts;

type Value = string | number;
/** The names of the values in a text. The compiler does not know them of a text that is joined of two strings. */
type Names<Text extends string> = string extends Text
  ? string
  : Text extends `${string}{${infer Name}}${infer Rest}`
    ? Exclude<Name extends `${infer Counted}:${string}` ? Counted : Name, 'promise'> | Names<Rest>
    : never;
type Given<Name extends string> = string extends Name
  ? [values?: Readonly<Record<string, Value>>]
  : [Name] extends [never]
    ? []
    : [values: Readonly<Record<Name, Value>>];
type Values<Key extends TextKey> = Given<Names<(typeof texts)[Key][0]>>;

/** The keys of texts without values. */
export type PlainTextKey = {
  [Key in TextKey]: Values<Key> extends [] ? Key : never;
}[TextKey];

const storageKey = 'daytrade.language';

/** The language of the page: the reader's earlier choice, else that of the settings, else the browser's. */
export const language = signal<Language>(initialLanguage());

/** Switches the language and remembers it. */
export function chooseLanguage(choice: Language): void {
  language.value = choice;
  localStorage.setItem(storageKey, choice);
}

/**
 * Returns a text in the present language. A component that calls it is drawn again when the language changes.
 *
 * @example
 * text('jobs.attempt', { attempt: 2, of: 3 }); // 'attempt 2 of 3'
 */
export function text<Key extends TextKey>(key: Key, ...[values]: Values<Key>): string {
  return filled(texts[key][language.value === 'en' ? 0 : 1], { promise: targetInWords, ...values });
}

/** Returns the text of a key that ends with a name from a service, or `otherwise` for a name without a text. */
export function textOf(key: string, otherwise: string): string {
  return key in texts ? text(key as PlainTextKey) : otherwise;
}

function filled(pattern: string, values: Readonly<Record<string, Value>>): string {
  return pattern.replace(/\{(\w+)(?::([^}]+))?\}/g, (_, name: string, noun?: string) => {
    const value = `${values[name]}`;
    return noun === undefined ? value : `${value} ${noun}${value === '1' ? '' : 's'}`;
  });
}

function initialLanguage(): Language {
  for (const given of [localStorage.getItem(storageKey), document.documentElement.dataset.language]) {
    if (given === 'en' || given === 'ja') return given;
  }
  return navigator.language.startsWith('ja') ? 'ja' : 'en';
}
