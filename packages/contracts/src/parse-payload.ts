import { DayTradeError } from '@daytrade/errors';
import { z } from 'zod';

/**
 * Returns whether arrays and objects of a value are nested deeper than a number of levels. Goes level by level, since
 * recursion would end at the depth that is looked for.
 */
export function isDeeperThan(most: number, value: unknown): boolean {
  let level = [value].filter(isNested);
  for (let depth = 0; depth < most && level.length > 0; depth += 1) {
    const below: object[] = [];
    for (const each of level) {
      // Numbers and words are left out here: with each kind of value in one array, V8 compiled this anew all the time.
      for (const inner of Array.isArray(each) ? each : Object.values(each)) if (isNested(inner)) below.push(inner);
    }
    level = below;
  }
  return level.length > 0;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The schema of a job's payload. It names every field, so that a payload is as deep as the schema is. */
export type PayloadSchema = z.ZodType<Readonly<Record<string, unknown>>>;

/** The payload of a job that takes none. */
export const noPayloadSchema = z.strictObject({});

/** More bytes of JSON than this no job needs: the longest payload names 5,000 symbols. */
const mostPayloadBytes = 65_536;
/** Levels of arrays and objects within one another; the deepest payload has two. */
const mostPayloadLevels = 8;
const mostProblems = 10;

/**
 * Reads the payload of a job, whoever made it: a request, a schedule, or the ledger that kept it.
 *
 * @throws DayTradeError `input.invalid` naming the fields that are not as the schema says; `input.too-large`
 */
export function parsePayload<Schema extends z.ZodType>(schema: Schema, payload: unknown): z.output<Schema> {
  assertBounded(payload);
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues
    .slice(0, mostProblems)
    .map(({ path, message }) => ({ field: ['payload', ...path].join('.'), message }));
  const problems = fields.map(({ field, message }) => `${field}: ${message}`);
  throw new DayTradeError('input.invalid', problems.join('; '), { details: { fields } });
}

function assertBounded(payload: unknown): void {
  if (isDeeperThan(mostPayloadLevels, payload)) {
    const message = `payload: expected at most ${mostPayloadLevels} levels of arrays and objects`;
    throw new DayTradeError('input.invalid', message, { details: { fields: [{ field: 'payload', message }] } });
  }
  const text = (JSON.stringify(payload) as string | undefined) ?? '';
  // No character has more bytes than three; most payloads are a few fields.
  if (text.length * 3 <= mostPayloadBytes) return;
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= mostPayloadBytes) return;
  throw new DayTradeError('input.too-large', `payload: expected at most ${mostPayloadBytes} bytes, got ${bytes}`, {
    details: { limitBytes: mostPayloadBytes, bytes },
  });
}
