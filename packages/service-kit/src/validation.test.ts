import { barQuerySchema, fetchRequestSchema, predictionRequestSchema, selectionQuerySchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { validatorCompiler } from './validation.ts';

function messageFor(schema: z.ZodType, httpPart: string, data: unknown): string {
  const validate = validatorCompiler({ schema, httpPart, method: 'GET', url: '/' });
  const { error } = validate(data) as { error?: unknown };
  expect(error).toBeInstanceOf(DayTradeError);
  expect(error).toMatchObject({ code: 'input.invalid' });
  return (error as DayTradeError).message;
}

describe('what is wrong with a request is said by field, expectation and value', () => {
  it.each([
    [barQuerySchema, { from: '2026-02-30' }, 'querystring.from: expected a date that exists, got "2026-02-30"'],
    [barQuerySchema, { from: 'soon' }, 'querystring.from: expected a date as YYYY-MM-DD, got "soon"'],
    [barQuerySchema, { interval: '1h' }, 'querystring.interval: expected one of "1d", "5m", got "1h"'],
    [selectionQuerySchema, { count: '0' }, 'querystring.count: expected at least 1, got "0"'],
    [selectionQuerySchema, { count: '501' }, 'querystring.count: expected at most 500, got "501"'],
    [selectionQuerySchema, { count: 'ten' }, 'querystring.count: expected a number, got "ten"'],
    [selectionQuerySchema, { count: '2.5' }, 'querystring.count: expected a whole number, got "2.5"'],
    [selectionQuerySchema, { cuont: '5' }, 'querystring.cuont: it is not known; expected one of count, asOf'],
  ])('%#', (schema, data, message) => {
    expect(messageFor(schema, 'querystring', data)).toBe(message);
  });

  it.each([
    [fetchRequestSchema, {}, 'body.provider: expected one of "csv", "synthetic", but it is missing'],
    [fetchRequestSchema, { provider: 'yahoo' }, 'body.provider: expected one of "csv", "synthetic", got "yahoo"'],
    [fetchRequestSchema, { provider: 'csv', folder: '' }, 'body.folder: expected at least 1 characters, got ""'],
    [
      predictionRequestSchema,
      { symbols: ['7203', 'Toyota'] },
      'body.symbols[1]: expected a code as 7203, 72030 or 7203.T, got "Toyota"',
    ],
    [predictionRequestSchema, { symbols: [] }, 'body.symbols: expected at least 1 items, got []'],
    [predictionRequestSchema, [], 'body: expected an object, got []'],
    [predictionRequestSchema, { symbols: 7203 }, 'body.symbols: expected an array, got 7203'],
  ])('%#', (schema, data, message) => {
    expect(messageFor(schema, 'body', data)).toBe(message);
  });

  it('names every field, at most ten, and cuts long values', () => {
    const message = messageFor(predictionRequestSchema, 'body', { symbols: Array(12).fill('x'.repeat(500)) });
    expect(message).toContain('body.symbols[9]');
    expect(message).toMatch(/and 2 more$/);
    expect(message.length).toBeLessThan(2_000);
  });
});
