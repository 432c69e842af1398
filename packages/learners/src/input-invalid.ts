import { DayTradeError } from '@daytrade/errors';

/** The error for training or prediction input that cannot be used: the field, what it held and what is allowed. */
export function inputInvalid(field: string, value: unknown, allowed: string): DayTradeError {
  return new DayTradeError('learner.input-invalid', `${field}: expected ${allowed}, got ${String(value)}`, {
    details: { field, value: String(value), allowed },
  });
}

/** Refuses what is not a whole number from `least` to `most`. */
export function checkWholeNumber(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw inputInvalid(field, value, `a whole number from ${least} to ${most}`);
}

/** Refuses what is not a number above 0 and at most 1. */
export function checkShare(field: string, value: number): void {
  if (!(value > 0 && value <= 1)) throw inputInvalid(field, value, 'a share above 0, at most 1');
}

/** Refuses a negative or infinite number and NaN. */
export function checkNotNegative(field: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) throw inputInvalid(field, value, 'a finite number, 0 or more');
}
