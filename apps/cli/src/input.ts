import { expectationOf, quoted } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { z } from 'zod';

/**
 * Checks an option or argument by its schema.
 *
 * @throws DayTradeError `input.invalid` naming the option, its value and what is allowed
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown, name: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0] as z.core.$ZodIssue;
  const { path } = issue;
  const field = path.length === 0 ? name : path.join('.');
  const got = path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
  throw wrongInput(field, `${expectationOf(issue)}, got ${quoted(got)}`, got);
}

/** Returns the error of an option or argument with a wrong value. */
export function wrongInput(field: string, message: string, value?: unknown): DayTradeError {
  return new DayTradeError('input.invalid', `${field}: ${message}`, { details: { field, value } });
}

/**
 * Reads a whole number.
 *
 * @throws DayTradeError `input.invalid` naming the option, its value and the range
 */
export function wholeNumber(
  text: unknown,
  name: string,
  range: { readonly min: number; readonly max: number },
): number {
  const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : NaN;
  if (Number.isInteger(value) && value >= range.min && value <= range.max) return value;
  throw wrongInput(
    name,
    `expected a whole number from ${range.min} to ${range.max}, got ${JSON.stringify(text)}`,
    text,
  );
}

export function textOption(options: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
