import { fileInvalid } from './imported-trees.ts';

/**
 * An object of a JSON file; each way of reading it throws `model.file-invalid` for what is missing or of another type.
 */
export class JsonFields {
  readonly where: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(where: string, value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw fileInvalid(where, 'an object', JSON.stringify(value)?.slice(0, 40));
    }
    this.where = where;
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  object(key: string): JsonFields {
    return new JsonFields(`${this.where}.${key}`, this.#fields[key]);
  }

  list(key: string): readonly unknown[] {
    const value = this.#fields[key];
    if (!Array.isArray(value)) throw fileInvalid(`${this.where}.${key}`, 'a list', JSON.stringify(value)?.slice(0, 40));
    return value;
  }

  text(key: string): string {
    const value = this.#fields[key];
    if (typeof value !== 'string') throw fileInvalid(`${this.where}.${key}`, 'a text', JSON.stringify(value));
    return value;
  }

  /** A text that spells a number. */
  number(key: string): number {
    const text = this.text(key);
    const value = text.trim() === '' ? NaN : Number(text);
    if (Number.isNaN(value)) throw fileInvalid(`${this.where}.${key}`, 'a number', JSON.stringify(text));
    return value;
  }

  /** A list of numbers, `length` of them if it is given. */
  numbers(key: string, length?: number): readonly number[] {
    const list = this.list(key);
    if (length !== undefined && list.length !== length) {
      throw fileInvalid(`${this.where}.${key}`, `${length} numbers`, list.length);
    }
    return list.map((value, i) => {
      if (typeof value !== 'number') throw fileInvalid(`${this.where}.${key}[${i}]`, 'a number', JSON.stringify(value));
      return value;
    });
  }
}
