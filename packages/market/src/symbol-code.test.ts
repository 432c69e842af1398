import { describe, expect, it } from 'vitest';
import { parseSymbol } from './symbol-code.ts';

describe('parseSymbol', () => {
  it.each([
    ['7203', '7203'],
    ['72030', '7203'],
    ['7203.T', '7203'],
    ['186A', '186A'],
    ['186A0', '186A'],
    ['0101', '0101'],
  ])('reads %s as %s', (text, code) => {
    expect(parseSymbol(text)).toBe(code);
  });

  it.each(['', '720', '7203.O', '72035', 'A203', '72B3', '186E', '７２０３', '7203 ', '^N225'])(
    'refuses %j with what was expected',
    (text) => {
      expect(() => parseSymbol(text)).toThrow(
        expect.objectContaining({
          code: 'market.symbol-invalid',
          message: expect.stringContaining(`expected a code as 7203, 72030 or 7203.T`),
        }),
      );
    },
  );
});
