import {
  barQuerySchema,
  predictionRequestSchema,
  quarantineQuerySchema,
  runQuerySchema,
  selectionQuerySchema,
  trainingRequestSchema,
} from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { validatorCompiler } from './validation.ts';

const fetchRequestSchema = z.discriminatedUnion('provider', [
  z.strictObject({ provider: z.literal('csv'), folder: z.string().min(1).optional(), dryRun: z.boolean().optional() }),
  z.strictObject({ provider: z.literal('yahoo') }),
]);

function messageFor(schema: z.ZodType, httpPart: string, data: unknown): string {
  const validate = validatorCompiler({ schema, httpPart, method: 'GET', url: '/' });
  const { error } = validate(data) as { error?: unknown };
  expect(error).toBeInstanceOf(DayTradeError);
  expect(error).toMatchObject({ code: 'input.invalid' });
  return (error as DayTradeError).message;
}

describe('what is wrong with a request is said by field, expectation and value', () => {
  it.each([
    [barQuerySchema, { from: '2026-02-30' }, 'from: expected a date that exists, got "2026-02-30"'],
    [barQuerySchema, { from: 'soon' }, 'from: expected a date as YYYY-MM-DD, got "soon"'],
    [barQuerySchema, { interval: '1h' }, 'interval: expected one of "1d", "5m", got "1h"'],
    [selectionQuerySchema, { count: '0' }, 'count: expected at least 1, got "0"'],
    [selectionQuerySchema, { count: '501' }, 'count: expected at most 500, got "501"'],
    [selectionQuerySchema, { count: 'ten' }, 'count: expected a number, got "ten"'],
    [selectionQuerySchema, { count: '2.5' }, 'count: expected a whole number, got "2.5"'],
    [runQuerySchema, { job: '\0' }, 'job: expected text without control characters, got "\\u0000"'],
    [
      quarantineQuerySchema,
      { reason: '\u001b[2J' },
      'reason: expected text without control characters, got "\\u001b[2J"',
    ],
    [runQuerySchema, { job: '\ud800' }, 'job: expected text without control characters, got "\\ud800"'],
    [
      selectionQuerySchema,
      { cuont: '5' },
      'cuont: it is not known; expected one of count, buffer, mostPerSector, maximumCorrelation, asOf',
    ],
  ])('%#', (schema, data, message) => {
    expect(messageFor(schema, 'querystring', data)).toBe(message);
  });

  it.each([
    [
      trainingRequestSchema,
      { seedd: 1 },
      'seedd: it is not known; expected one of seed, promote, symbols, universe, features, members',
    ],
    [trainingRequestSchema, null, 'body: expected an object, got null'],
    [
      fetchRequestSchema,
      { provider: 'csv', folder: '/bars', symbols: 3 },
      'symbols: it is not known; expected one of provider, folder, dryRun',
    ],
    [fetchRequestSchema, {}, 'provider: expected one of "csv", "yahoo", but it is missing'],
    [fetchRequestSchema, { provider: 'stooq' }, 'provider: expected one of "csv", "yahoo", got "stooq"'],
    [fetchRequestSchema, { provider: 'csv', folder: '' }, 'folder: expected at least 1 character, got ""'],
    [
      predictionRequestSchema,
      { symbols: ['7203', 'Toyota'] },
      'symbols[1]: expected a code as 7203, 72030 or 7203.T, got "Toyota"',
    ],
    [predictionRequestSchema, { symbols: [] }, 'symbols: expected at least 1 item, got []'],
    [predictionRequestSchema, [], 'body: expected an object, got []'],
    [predictionRequestSchema, { symbols: 7203 }, 'symbols: expected an array, got 7203'],
  ])('%#', (schema, data, message) => {
    expect(messageFor(schema, 'body', data)).toBe(message);
  });

  it.each([
    [9, 9, undefined],
    [10, 10, undefined],
    [11, 10, 'and 1 more'],
  ])('names of %i fields the first %i, in the message and in the details', (wrong, named, more) => {
    const validate = validatorCompiler({ schema: predictionRequestSchema, httpPart: 'body', method: 'GET', url: '/' });
    const { error } = validate({ symbols: Array(wrong).fill('x') }) as { error?: DayTradeError };
    const message = 'expected a code as 7203, 72030 or 7203.T, got "x"';
    const fields = Array.from({ length: named }, (_, at) => ({ field: `symbols[${at}]`, in: 'body', message }));
    expect(error?.details).toEqual({ fields });
    const parts = fields.map(({ field }) => `${field}: ${message}`);
    expect(error?.message.split('; ')).toEqual([...parts, ...(more === undefined ? [] : [more])]);
  });

  it('names the path of a nested field, its first problem alone, and what is there', () => {
    const nested = z.strictObject({
      orders: z.array(z.strictObject({ symbol: z.string().min(4).max(2), size: z.number() })),
    });
    expect(messageFor(nested, 'body', { orders: [{ symbol: 'abc', size: null, more: 1 }, null] })).toBe(
      [
        'orders[0].symbol: expected at least 4 characters, got "abc"',
        'orders[0].size: expected a number, got null',
        'orders[0].more: it is not known',
        'orders[1]: expected an object, got null',
      ].join('; '),
    );
  });

  it('names every field, at most ten, and cuts long values', () => {
    const message = messageFor(predictionRequestSchema, 'body', { symbols: Array(12).fill('x'.repeat(500)) });
    expect(message).toContain('symbols[9]');
    expect(message).toMatch(/and 2 more$/);
    expect(message.length).toBeLessThan(2_000);
  });
});
