import { DayTradeError } from '@daytrade/errors';
import { z } from 'zod';

/** The schema of a job's payload. It names every field, so that a payload is as deep as the schema is. */
export type PayloadSchema = z.ZodType<Readonly<Record<string, unknown>>>;

export const noPayloadSchema = z.strictObject({});

/**
 * Reads what this platform itself made: an answer, or the result of a run.
 *
 * @param what made it, for the message
 * @throws DayTradeError `internal.bug` naming the first field that is not as the schema says
 */
export function parseOwn<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const message = `${what} something else than its contract: ${issues[0]?.path.join('.')}: ${issues[0]?.message}`;
  throw new DayTradeError('internal.bug', message);
}

const mostProblems = 10;

/**
 * Reads the payload of a job from a request, a schedule or the ledger.
 *
 * @throws DayTradeError `input.invalid` naming the fields that are not as the schema says
 */
export function parsePayload<Schema extends z.ZodType>(schema: Schema, payload: unknown): z.output<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues
    .slice(0, mostProblems)
    .map(({ path, message }) => ({ field: ['payload', ...path].join('.'), message }));
  const problems = fields.map(({ field, message }) => `${field}: ${message}`);
  throw new DayTradeError('input.invalid', problems.join('; '), { details: { fields } });
}
