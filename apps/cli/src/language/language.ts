import { type Translate, translator } from '@daytrade/contracts/translation';

type Texts = Readonly<Record<string, string>>;

export type Language = 'en' | 'ja';

let texts: Texts | undefined;
/** Translates sentences that other packages make. */
let translate: Translate = () => undefined;

/** Chooses the language of help, results, notes and errors. It is English before. */
export async function speak(language: Language): Promise<void> {
  [texts, translate] = [undefined, () => undefined];
  if (language === 'en') return;
  texts = await japaneseTexts();
  translate = translator(await japaneseSentences());
}

/** Returns the language of this machine's locale. */
export function languageOfMachine(): Language {
  return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('ja') ? 'ja' : 'en';
}

/** Returns the language that was chosen. */
export function spokenLanguage(): Language {
  return texts === undefined ? 'en' : 'ja';
}

/** Returns the Japanese of sentences that other packages make. */
async function japaneseSentences(): Promise<Texts> {
  const [sentences, features] = await Promise.all([
    import('./sentences.ja.json', { with: { type: 'json' } }),
    import('./features.ja.json', { with: { type: 'json' } }),
  ]);
  return { ...sentences.default, ...features.default };
}

/** Returns the Japanese texts by their English ones, where `{0}` stands for the first value. */
export async function japaneseTexts(): Promise<Texts> {
  const [help, commands, reports, sentences] = await Promise.all([
    import('./help.ja.json', { with: { type: 'json' } }),
    import('./commands.ja.json', { with: { type: 'json' } }),
    import('./reports.ja.json', { with: { type: 'json' } }),
    japaneseSentences(),
  ]);
  return { ...help.default, ...commands.default, ...reports.default, ...sentences };
}

/**
 * Returns a text in the chosen language; in English where the other lacks it.
 *
 * @example say`${count} of ${all} inside` // Japanese by the key '{0} of {1} inside'
 */
export function say(english: string | TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const pattern = typeof english === 'string' ? english : patternOf(english);
  const found = texts?.[pattern] ?? pattern;
  return values.length === 0 ? found : found.replaceAll(/\{(\d)\}/g, (_, at: string) => String(values[Number(at)]));
}

/** Returns a sentence that another package made in the chosen language; in English where the other lacks it. */
export function translated(sentence: string): string {
  return translate(sentence) ?? sentence;
}

/** Returns a text of a service in the chosen language, by the Japanese that the contracts have for such texts. */
export function sayBy(japaneseOf: (text: string) => string | undefined, text: string): string {
  return (texts === undefined ? undefined : japaneseOf(text)) ?? text;
}

function patternOf(parts: TemplateStringsArray): string {
  return parts.reduce((text, part, at) => `${text}{${at - 1}}${part}`);
}
