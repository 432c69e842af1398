import { filled, type ValuesOf } from '@daytrade/contracts/translation';
import { signal } from '@preact/signals';
import japanese from './page.ja.json' with { type: 'json' };
import { accuracyTexts } from './texts/accuracy.ts';
import { appTexts } from './texts/app.ts';
import { forecastsTexts } from './texts/forecasts.ts';
import { paperTexts } from './texts/paper.ts';
import { platformTexts } from './texts/platform.ts';

export type Language = 'en' | 'ja';

/** Every English text of the page; page.ja.json has the Japanese ones by the same keys. */
export const texts = { ...appTexts, ...forecastsTexts, ...accuracyTexts, ...platformTexts, ...paperTexts };

export type TextKey = keyof typeof texts;

const textsByLanguage: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en: texts, ja: japanese };

type Values<Key extends TextKey> = ValuesOf<(typeof texts)[Key]>;

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
  return filled(textsByLanguage[language.value][key], values);
}

/** Returns the text of a key that ends with a name from a service, or `otherwise` for a name without a text. */
export function findText<Otherwise>(key: string, otherwise: Otherwise): string | Otherwise {
  return key in texts ? text(key as PlainTextKey) : otherwise;
}

/** Returns the meaning of a text that is a word of forecasting, as its tooltip; undefined for other texts. */
export function meaning(key: TextKey): string | undefined {
  return findText(`meaning.${key}`, undefined);
}

function initialLanguage(): Language {
  for (const preference of [localStorage.getItem(storageKey), document.documentElement.dataset.language]) {
    if (preference === 'en' || preference === 'ja') return preference;
  }
  return navigator.language.startsWith('ja') ? 'ja' : 'en';
}
