import { allowedBy, expectationOf, quoted } from '@daytrade/contracts';
import type { Strategy } from '@daytrade/trading';
import type { Command } from 'commander';
import { z } from 'zod';
import { wrongInput } from './input.ts';

/** The option of a request's field, as far as it differs from the field. */
export interface FieldOption {
  /** Name without dashes; default: the name of the field. */
  readonly flag?: string;
  /** Text of `--help`; default: the description of the field. */
  readonly help?: string;
  /** Default that replaces the one of the field. */
  readonly default?: string;
  /** A switch: `on` is true where it is given; `off`, as `--no-promote`, is false. */
  readonly switch?: 'on' | 'off';
}

type Options = Readonly<Record<string, unknown>>;

interface Field {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly json: z.core.JSONSchema.BaseSchema;
  readonly isRequired: boolean;
  readonly option: FieldOption;
}

/**
 * Options of a command that are fields of a request. Name, type, default and help come from the schema.
 */
export class RequestOptions {
  readonly #fields: readonly Field[];

  constructor(schema: z.ZodType, options: Readonly<Record<string, FieldOption>>) {
    const object = schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema;
    if (!(object instanceof z.ZodObject)) throw new TypeError('only an object has fields');
    const { properties = {}, required = [] } = z.toJSONSchema(object, { unrepresentable: 'any', io: 'input' });
    this.#fields = Object.entries(options).map(([name, option]) => ({
      name,
      option,
      schema: object.shape[name] as z.ZodType,
      json: properties[name] as z.core.JSONSchema.BaseSchema,
      isRequired: required.includes(name),
    }));
  }

  addTo(command: Command): Command {
    for (const field of this.#fields) {
      const { json, option, isRequired } = field;
      const help = option.help ?? `${sentenceStart(json.description ?? '')}${choicesIn(json)}`;
      const fallback = option.default ?? (json.default as string | number | undefined)?.toString();
      if (switchOf(field) !== undefined) command.option(flagsOf(field), help);
      else if (isRequired) command.requiredOption(flagsOf(field), help);
      else command.option(flagsOf(field), help, fallback);
    }
    return command;
  }

  /**
   * Returns the fields that were given or have a default.
   *
   * @throws DayTradeError `input.invalid` naming the option, its value and what is allowed
   */
  read(options: Options): Record<string, unknown> {
    const given = this.#fields.flatMap((field) => {
      const value = options[camelCase(flagOf(field))];
      if (value === undefined || (switchOf(field) === 'off' && value === true)) return [];
      return [[field.name, checkedField(field, value)]];
    });
    return Object.fromEntries(given) as Record<string, unknown>;
  }
}

function checkedField(field: Field, value: unknown): unknown {
  const { json, schema } = field;
  // `--symbols 7203 6758`, or `7203,6758` as `fetch` takes them.
  if (Array.isArray(value)) value = value.flatMap((text: string) => text.split(',').filter((part) => part !== ''));
  const isNumber = takesNumbers(json) && typeof value === 'string' && value.trim() !== '' && Number.isFinite(+value);
  const typed = isNumber ? Number(value) : value === true && json.type === 'string' ? 'true' : value;
  const parsed = schema.safeParse(typed);
  if (parsed.success) return typed;
  const option = `--${flagOf(field)}`;
  const expected = allowedBy(schema) ?? expectationOf(parsed.error.issues[0]!);
  throw wrongInput(option, `${expected}, got ${quoted(value)}`, value);
}

function takesNumbers({ type, anyOf = [] }: z.core.JSONSchema.BaseSchema): boolean {
  const types = [type, ...anyOf.map((one) => (one as z.core.JSONSchema.BaseSchema).type)];
  return types.includes('integer') || types.includes('number');
}

function switchOf({ json, option }: Field): FieldOption['switch'] {
  return option.switch ?? (json.type === 'boolean' ? (json.default === true ? 'off' : 'on') : undefined);
}

function flagOf({ name, option }: Field): string {
  return option.flag ?? wordsOf(name).join('-');
}

function wordsOf(name: string): readonly string[] {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).split('-');
}

function flagsOf(field: Field): string {
  const flag = flagOf(field);
  const kind = switchOf(field);
  if (kind !== undefined) return kind === 'on' ? `--${flag}` : `--no-${flag}`;
  const { type, pattern } = field.json;
  if (type === 'array') return `--${flag} <${flag}...>`;
  if (takesNumbers(field.json)) return `--${flag} <number>`;
  return `--${flag} <${pattern?.startsWith('^\\d{4}-') === true ? 'date' : wordsOf(field.name).at(-1)}>`;
}

function camelCase(flag: string): string {
  return flag.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function choicesIn({ enum: choices = [] }: z.core.JSONSchema.BaseSchema): string {
  return choices.length === 0 ? '' : ` (${choices.join(', ')})`;
}

/** Help texts of options begin with a small letter, unless with an abbreviation. */
function sentenceStart(text: string): string {
  return text.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

/** Options for the fields of a request that goes by the members of a set of symbols. */
export const universeFields = {
  universe: {
    help: 'only members of listed, topix, topix500, topix100 or nikkei225, each at the sessions at which it was one',
  },
} as const;

/** Options for the fields of a request that name the account and the costs of a strategy. */
export const costFields = {
  account: {},
  cash: {},
  commission: {},
  spreadTicks: {},
  impact: {},
  interest: {},
  lendingFee: {},
  penalty: {},
  participation: {},
} as const;

/** Options for the fields of a request that limit the orders of a strategy. */
export const limitFields = { maxPosition: {}, maxExposure: {}, maxSessionLoss: {} } as const;

/** Lists the parameters of a strategy with their ranges, for help texts. */
export function parameterRanges({ parameters }: Pick<Strategy, 'parameters'>): string {
  return parameters.map((one) => `${one.name} (${one.low} to ${one.high}, default ${one.default})`).join(', ');
}

/**
 * Reads parameters of a strategy, as `--set entry=1.5 most=20` gives them.
 *
 * @throws DayTradeError `input.invalid` for one that is not a number, or twice
 */
export function parametersOf(set: unknown): Readonly<Record<string, number>> {
  const entries = Object.entries(candidatesOf(set, '--set')).map(([name, [value = NaN, ...more]]) => {
    if (more.length > 0) throw invalid(`--set ${name}`, [value, ...more].join(','), 'a number');
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * Reads values to choose among, as `--candidates entry=0.5,1 most=10,20` gives them.
 *
 * @throws DayTradeError `input.invalid` for one that is not a number, or for a parameter twice
 */
export function candidatesOf(given: unknown, option = '--candidates'): Readonly<Record<string, readonly number[]>> {
  const lists = new Map<string, readonly number[]>();
  for (const text of Array.isArray(given) ? (given as readonly string[]) : []) {
    const [name = '', values, more] = text.split('=');
    if (name === '' || values === undefined || more !== undefined)
      throw invalid(option, text, 'parameters as entry=1.5');
    if (lists.has(name)) throw invalid(option, text, 'each parameter once');
    const numbers = values.split(',').map((value) => (value.trim() === '' ? NaN : Number(value)));
    if (!numbers.every(Number.isFinite)) throw invalid(`${option} ${name}`, values, 'a number');
    lists.set(name, numbers);
  }
  return Object.fromEntries(lists);
}

function invalid(option: string, value: string, expected: string): Error {
  return wrongInput(option, `expected ${expected}, got ${JSON.stringify(value)}`, value);
}
