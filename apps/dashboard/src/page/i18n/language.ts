import { signal } from '@preact/signals';
import { type Dictionary, english } from './english.ts';
import { japanese } from './japanese.ts';

export type Language = 'en' | 'ja';

/** The dictionaries, complete by type. */
const dictionaries: Readonly<Record<Language, Dictionary>> = { en: english, ja: japanese };

const storageKey = 'daytrade.language';

/** The language of the page: the reader's earlier choice, else that of the settings, else the browser's. */
export const language = signal<Language>(initialLanguage());

/** Switches the language and remembers it. */
export function chooseLanguage(choice: Language): void {
  language.value = choice;
  localStorage.setItem(storageKey, choice);
}

type TextKey = {
  [Key in keyof Dictionary]: Dictionary[Key] extends string ? Key : never;
}[keyof Dictionary];
type PhraseKey = Exclude<keyof Dictionary, TextKey>;

/** A text in the present language; a component that calls it is drawn again when the language changes. */
export function text(key: TextKey): string {
  return dictionaries[language.value][key];
}

/**
 * The text of a key that ends with a name which a service gave.
 *
 * @param otherwise what stands where this page has no words for it
 */
export function textOf(key: string, otherwise: string): string {
  const words: unknown = dictionaries[language.value][key as TextKey];
  return typeof words === 'string' ? words : otherwise;
}

/** A text with values in it, in the present language. */
export function phrase<Key extends PhraseKey>(key: Key, ...values: Parameters<Dictionary[Key]>): string {
  const compose = dictionaries[language.value][key] as (...parameters: Parameters<Dictionary[Key]>) => string;
  return compose(...values);
}

function initialLanguage(): Language {
  for (const given of [localStorage.getItem(storageKey), document.documentElement.dataset.language]) {
    if (given === 'en' || given === 'ja') return given;
  }
  return navigator.language.startsWith('ja') ? 'ja' : 'en';
}
