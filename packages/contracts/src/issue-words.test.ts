import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allowedBy, expectationOf, quoted } from './issue-words.ts';

describe('a value in a message', () => {
  it.each([
    ['soon', '"soon"'],
    [7, '7'],
    [[1, { a: [null] }], '[1,{"a":[null]}]'],
    [undefined, 'undefined'],
  ])('%# is shown as JSON', (value, text) => {
    expect(quoted(value)).toBe(text);
  });

  it('is cut where it is long, and says so', () => {
    for (const long of ['x'.repeat(81), Array(60).fill(0), Object.fromEntries(Array(50).fill(0).entries())]) {
      expect(quoted(long)).toMatch(/^.{77}\.\.\.$/);
    }
  });
});

describe('what a field expects', () => {
  it.each([
    [z.string(), 7, 'expected a string'],
    [z.int(), 'x', 'expected a number'],
    [z.int(), 1.5, 'expected a whole number'],
    [z.array(z.int()), 'x', 'expected an array'],
    [z.enum(['1d', '5m']), '1h', 'expected one of "1d", "5m"'],
    [z.literal(true), false, 'expected true'],
    [z.string().min(1), '', 'expected at least 1 character'],
    [z.string().min(2), '', 'expected at least 2 characters'],
    [z.string().max(1), 'xx', 'expected at most 1 character'],
    [z.array(z.int()).min(1), [], 'expected at least 1 item'],
    [z.array(z.int()).max(2), [1, 2, 3], 'expected at most 2 items'],
    [z.set(z.int()).min(3), new Set(), 'expected at least 3 items'],
    [z.number().min(0), -1, 'expected at least 0'],
    [z.number().max(1), 2, 'expected at most 1'],
    [z.number().positive(), 0, 'expected more than 0'],
    [z.number().lt(5), 5, 'expected less than 5'],
    [z.number().multipleOf(100), 150, 'expected a multiple of 100'],
    [z.record(z.string().regex(/^[a-z]+$/, 'expected small letters'), z.int()), { A: 1 }, 'expected small letters'],
    [z.string().regex(/x/, 'expected an x'), 'y', 'expected an x'],
  ])('%# is said', (schema: z.ZodType, value, words) => {
    expect(schema.safeParse(value).error?.issues.map(expectationOf)).toEqual([words]);
  });

  it('is the discriminators of a union', () => {
    const union = z.discriminatedUnion('type', [
      z.object({ type: z.literal('daily') }),
      z.object({ type: z.literal('hourly') }),
    ]);
    expect(union.safeParse({ type: 'x' }).error?.issues.map(expectationOf)).toEqual([
      'expected one of "daily", "hourly"',
    ]);
  });
});

describe('what is allowed', () => {
  it.each([
    [z.coerce.number().int().min(1).max(9), 'expected a whole number from 1 to 9'],
    [z.int().min(3), 'expected a whole number of at least 3'],
    [z.number().min(0).max(1), 'expected a number from 0 to 1'],
    [z.number().min(0), undefined],
    [z.number().max(1), undefined],
    [z.number(), undefined],
    [z.string().min(1), undefined],
    [z.stringbool(), 'expected true or false'],
    [z.boolean(), 'expected true or false'],
    [z.enum(['off', 'on']), 'expected one of "off", "on"'],
    [z.literal('all'), 'expected "all"'],
    [z.union([z.int().min(1).max(100), z.literal('all')]), 'expected a whole number from 1 to 100 or "all"'],
    [z.union([z.int().min(1).max(100), z.string()]), undefined],
  ])('%# is said of a number, a choice or a switch alone', (schema: z.ZodType, words) => {
    expect(allowedBy(schema)).toBe(words);
  });
});
