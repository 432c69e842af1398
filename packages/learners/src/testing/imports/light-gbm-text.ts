import { fileInvalid } from './imported-trees.ts';

/** A block of `key=value` lines; a line without `=` is a key of an empty value. */
export class TextBlock {
  readonly where: string;
  readonly #values: ReadonlyMap<string, string>;

  constructor(where: string, lines: readonly string[]) {
    this.where = where;
    this.#values = new Map(
      lines.map((line) => {
        const at = line.indexOf('=');
        return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
      }),
    );
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  /** The text of a key. @throws DayTradeError `model.file-invalid` where there is none */
  text(key: string): string {
    const value = this.#values.get(key);
    if (value === undefined) throw fileInvalid(this.where, `a line "${key}="`, 'none');
    return value;
  }

  /** The number of a key. @throws DayTradeError `model.file-invalid` */
  number(key: string): number {
    return this.#parse(key, this.text(key));
  }

  /** `length` numbers of a key, separated by spaces. @throws DayTradeError `model.file-invalid` */
  numbers(key: string, length: number): readonly number[] {
    const words = wordsOf(this.text(key));
    if (words.length !== length) throw fileInvalid(`${this.where}, ${key}`, `${length} numbers`, words.length);
    return words.map((word) => this.#parse(key, word));
  }

  #parse(key: string, word: string): number {
    const value = infinities[word] ?? (word.trim() === '' ? NaN : Number(word));
    if (Number.isNaN(value)) throw fileInvalid(`${this.where}, ${key}`, 'a number', JSON.stringify(word));
    return value;
  }
}

/** The blocks of a LightGBM text model. */
export interface LightGbmText {
  readonly header: TextBlock;
  readonly trees: readonly TextBlock[];
  /** The settings it was trained with. */
  readonly settings: ReadonlyMap<string, string>;
}

/**
 * Takes a LightGBM text model apart.
 *
 * @throws DayTradeError `model.file-invalid` for text that is no such model, or is not all of one
 */
export function readLightGbmText(text: string): LightGbmText {
  const lines = text.split(/\r?\n/);
  if (lines[0] !== 'tree') {
    throw fileInvalid('LightGBM model', 'a first line "tree"', JSON.stringify(lines[0]?.slice(0, 40)));
  }
  const end = lines.indexOf('end of trees');
  if (end < 0) throw fileInvalid('LightGBM model', 'a line "end of trees"', 'none: truncated, or not a model');
  const blocks: string[][] = [[]];
  for (const line of lines.slice(0, end)) {
    if (line.startsWith('Tree=')) blocks.push([]);
    if (line !== '') blocks.at(-1)!.push(line);
  }
  const header = new TextBlock('LightGBM model', blocks[0]!);
  const trees = blocks.slice(1).map((block, tree) => new TextBlock(`LightGBM model, tree ${tree}`, block));
  const announced = wordsOf(header.text('tree_sizes')).length;
  if (announced !== trees.length) throw fileInvalid('LightGBM model', `${announced} trees`, trees.length);
  return { header, trees, settings: settingsOf(lines.slice(end)) };
}

/** Words separated by spaces. */
export function wordsOf(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}

const infinities: Readonly<Record<string, number>> = { inf: Infinity, '-inf': -Infinity };

/** Lines such as `[alpha: 0.9]`. */
function settingsOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const line of lines) {
    const [, key, value] = /^\[(\w+): (.*)\]$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) settings.set(key, value);
  }
  return settings;
}
