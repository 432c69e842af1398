import { DayTradeError } from '@daytrade/errors';
import type { z } from 'zod';

/**
 * Reads the payload of a job. A request's body was checked by its route; a payload may also come from a schedule or from
 * `daytrade jobs run`.
 *
 * @throws DayTradeError `input.invalid` naming every field that is not as the schema says
 */
export function parsePayload<Schema extends z.ZodType>(schema: Schema, payload: unknown): z.output<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${['payload', ...path].join('.')}: ${message}`);
  throw new DayTradeError('input.invalid', problems.join('; '), { details: { payload } });
}
