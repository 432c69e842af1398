import { expect, it } from 'vitest';
import { z } from 'zod';
import { noPayloadSchema, parseOwn, parsePayload } from './parse-payload.ts';

const schema = z.strictObject({
  count: z.int().min(1, 'expected at least 1').default(5),
  names: z.array(z.string()).default([]),
});

it('a payload is read with its defaults', () => {
  expect(parsePayload(schema, {})).toEqual({ count: 5, names: [] });
  expect(parsePayload(noPayloadSchema, {})).toEqual({});
});

it('a payload with faults is refused with each field, ten at most', () => {
  const refused = (payload: unknown) => {
    try {
      return parsePayload(schema, payload);
    } catch (error) {
      return error;
    }
  };
  expect(refused({ count: 0 })).toMatchObject({
    code: 'input.invalid',
    message: 'payload.count: expected at least 1',
    details: { fields: [{ field: 'payload.count', message: 'expected at least 1' }] },
  });
  const names = Array.from({ length: 12 }, (_, i) => i);
  const fields = names.slice(0, 10).map((i) => expect.objectContaining({ field: `payload.names.${i}` }));
  expect(refused({ names })).toMatchObject({ details: { fields } });
});

it('what the platform made itself is a bug where it has another form, by its first field', () => {
  expect(parseOwn(schema, { count: 1 }, 'the job made')).toEqual({ count: 1, names: [] });
  expect(() => parseOwn(schema, { count: 0, names: 1 }, 'the job made')).toThrow(
    expect.objectContaining({
      code: 'internal.bug',
      message: 'the job made something else than its contract: count: expected at least 1',
    }),
  );
});
