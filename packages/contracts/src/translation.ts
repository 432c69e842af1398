import { targetInWords } from './objective.ts';

/** English texts by key. `{name}` stands for a value, `{sessions:session}` for a number with its English noun. */
export type Texts = Readonly<Record<string, string>>;

type Value = string | number;
/** The names of the values in a text. The compiler does not know them of a text that is joined of two strings. */
type Names<Text extends string> = string extends Text
  ? string
  : Text extends `${string}{${infer Name}}${infer Rest}`
    ? Exclude<Name extends `${infer Counted}:${string}` ? Counted : Name, 'promise'> | Names<Rest>
    : never;

/** The values of a text, as the rest of the parameters of a function. */
export type ValuesOf<Text extends string> = string extends Text
  ? [values?: Readonly<Record<string, Value>>]
  : [Names<Text>] extends [never]
    ? []
    : [values: Readonly<Record<Names<Text>, Value>>];

/** Returns a text with its values. A noun gets its plural, and `{promise}` is the promised coverage. */
export function filled(text: string, values: Readonly<Record<string, Value>> = {}): string {
  const given: Readonly<Record<string, Value>> = { promise: targetInWords, ...values };
  return text.replace(/\{(\w+)(?::([^}]+))?\}/g, (_, name: string, noun?: string) => {
    const value = `${given[name]}`;
    return noun === undefined ? value : `${value} ${noun}${value === '1' ? '' : 's'}`;
  });
}

/** Returns a sentence in Japanese; undefined for one that the catalogue lacks. */
export type Translate = (sentence: string) => string | undefined;

/**
 * Returns a function that translates sentences, and their values where the catalogue has them.
 *
 * @param catalogue Japanese by English, in the order in which they are tried; `{0}` stands for the first value
 */
export function translator(catalogue: Readonly<Record<string, string>>): Translate {
  let patterns: readonly (readonly [pattern: RegExp, japanese: string])[] | undefined;
  return function translate(sentence: string): string | undefined {
    patterns ??= Object.entries(catalogue).map(([english, japanese]) => [
      new RegExp(`^${patternSource(english)}$`, 's'),
      japanese,
    ]);
    for (const [pattern, japanese] of patterns) {
      const values = pattern
        .exec(sentence)
        ?.slice(1)
        .map((value) => translate(value) ?? value);
      if (values !== undefined) return japanese.replaceAll(/\{(\d)\}/g, (_, at: string) => values[Number(at)]!);
    }
    return undefined;
  };
}

/** Returns the source of a pattern that finds a text, with a group for each of its values. */
export function patternSource(english: string): string {
  return english.replaceAll(/[$()*+.?[\\\]^|]/g, '\\$&').replaceAll(/\{\d\}/g, '(.*?)');
}
