import { namedHorizonSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseInput, wholeNumber } from './input.ts';

const range = { min: 1, max: 500 };

function errorOf(action: () => unknown): DayTradeError {
  try {
    action();
  } catch (error) {
    if (error instanceof DayTradeError) return error;
  }
  throw new Error('it did not throw a DayTradeError');
}

describe('wholeNumber', () => {
  it('reads every number of its range', () => {
    fc.assert(
      fc.property(fc.integer(range), (value) => {
        expect(wholeNumber(String(value), '--count', range)).toBe(value);
      }),
    );
  });

  it.each(['0', '501', '1.5', 'ten', '', ' ', '1e3', undefined, true, 'Infinity'])(
    'refuses %j and names option, range and value',
    (text) => {
      const error = errorOf(() => wholeNumber(text, '--count', range));
      expect(error).toMatchObject({ code: 'input.invalid', details: { field: '--count', value: text } });
      expect(error.message).toBe(`--count: expected a whole number from 1 to 500, got ${JSON.stringify(text)}`);
    },
  );
});

describe('parseInput', () => {
  it('names times of the day as a command takes them', () => {
    for (const time of ['10:30', 'close@10:30'])
      expect(parseInput(namedHorizonSchema, time, '--at')).toBe('close@10:30');
    const { message } = errorOf(() => parseInput(namedHorizonSchema, '25:00', '--at'));
    expect(message).toMatch(/^--at: expected one of "08:30", "open", "09:15", .*, "15:15", got "25:00"$/);
  });

  const schema = z.object({ symbols: z.array(z.string().regex(/^\d{4}$/, 'expected four digits')) });

  it('names the field within a value and what came there', () => {
    expect(errorOf(() => parseInput(schema, { symbols: ['7203', 'toyota'] }, 'train')).message).toBe(
      'symbols.1: expected four digits, got "toyota"',
    );
  });

  it('names the option when the value itself is wrong', () => {
    const error = errorOf(() => parseInput(z.enum(['traded']), 'raw', '--basis'));
    expect(error.message).toBe('--basis: expected "traded", got "raw"');
    expect(error.details).toEqual({ field: '--basis', value: 'raw' });
  });
});
