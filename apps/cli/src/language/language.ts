type Texts = Readonly<Record<string, string>>;

export type Language = 'en' | 'ja';

let texts: Texts | undefined;

/** Chooses the language of help, results, notes and errors. It is English before. */
export async function speak(language: Language): Promise<void> {
  texts = language === 'en' ? undefined : await japaneseTexts();
}

/** Returns the language that was chosen. */
export function spokenLanguage(): Language {
  return texts === undefined ? 'en' : 'ja';
}

/** Returns the Japanese texts by their English ones, where `{0}` stands for the first value. */
export async function japaneseTexts(): Promise<Texts> {
  const [help, commands, reports] = await Promise.all([
    import('./help.ja.json', { with: { type: 'json' } }),
    import('./commands.ja.json', { with: { type: 'json' } }),
    import('./reports.ja.json', { with: { type: 'json' } }),
  ]);
  return { ...help.default, ...commands.default, ...reports.default };
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

function patternOf(parts: TemplateStringsArray): string {
  return parts.reduce((text, part, at) => `${text}{${at - 1}}${part}`);
}
