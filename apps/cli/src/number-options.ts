import { DayTradeError } from '@daytrade/errors';
import type { z } from 'zod';
import { parseInput } from './input.ts';

/** Money, costs and limits of an account that a strategy trades, as fields of a request. */
export const accountNumbers = [
  'cash',
  'spreadTicks',
  'impact',
  'participation',
  'maxPosition',
  'maxExposure',
  'maxSessionLoss',
] as const;

/**
 * Reads options that are numbers, each by its field of a request; those that were not given are not there.
 *
 * @throws DayTradeError `input.invalid` naming the option, its value and what is allowed
 */
export function numberOptions<Shape extends Readonly<Record<string, z.ZodType>>>(
  shape: Shape,
  fields: readonly (keyof Shape & string)[],
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const given = fields.filter((field) => options[field] !== undefined);
  return Object.fromEntries(
    given.map((field) => {
      const option = optionOf(field);
      return [field, parseInput(shape[field]!, numberOf(options[field], option), option)];
    }),
  );
}

/** The option of a field as it is typed: `maxSessionLoss` is `--max-session-loss`. */
function optionOf(field: string): string {
  return `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * Parameters of a strategy, as `--set entry=1.5 most=20` gives them.
 *
 * @throws DayTradeError `input.invalid` for one that is not a number, or twice
 */
export function parametersOf(set: unknown): Readonly<Record<string, number>> {
  if (!Array.isArray(set)) return {};
  const parameters = new Map<string, number>();
  for (const text of set as readonly string[]) {
    const [name = '', value, more] = text.split('=');
    if (name === '' || value === undefined || more !== undefined)
      throw invalid('--set', text, 'parameters as entry=1.5');
    if (parameters.has(name)) throw invalid('--set', text, 'each parameter once');
    parameters.set(name, numberOf(value, `--set ${name}`));
  }
  return Object.fromEntries(parameters);
}

function numberOf(text: unknown, option: string): number {
  const value = Number(text);
  if (typeof text === 'string' && text.trim() !== '' && Number.isFinite(value)) return value;
  throw invalid(option, text, 'a number');
}

function invalid(option: string, value: unknown, expected: string): DayTradeError {
  return new DayTradeError('input.invalid', `${option}: expected ${expected}, got ${JSON.stringify(value)}`, {
    details: { field: option, value },
  });
}
