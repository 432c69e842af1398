import { DayTradeError } from '@daytrade/errors';

/** The error for training or prediction input that cannot be used: the field, what it held and what is allowed. */
export function inputInvalid(field: string, value: unknown, allowed: string): DayTradeError {
  return new DayTradeError('learner.input-invalid', `${field}: expected ${allowed}, got ${String(value)}`, {
    details: { field, value: String(value), allowed },
  });
}
