import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSymbol, lotSize, parseSymbol } from './symbol-code.ts';

describe('parseSymbol', () => {
  it.each([
    ['7203', '7203'],
    ['72030', '7203'],
    ['7203.T', '7203'],
    ['7203.t', '7203'],
    ['186A', '186A'],
    ['186A0', '186A'],
    ['186a.t', '186A'],
    ['1A3C', '1A3C'],
    ['0101', '0101'],
  ])('reads %s as %s', (text, code) => {
    expect(parseSymbol(text)).toBe(code);
  });

  it.each([
    '',
    '720',
    '720300',
    '7203.O',
    '72035',
    'A203',
    '72B3',
    '186E',
    '186O',
    '７２０３',
    '7203 ',
    'AAPL',
    '^N225',
  ])('refuses %j with what was expected', (text) => {
    expect(() => parseSymbol(text)).toThrow(
      expect.objectContaining({
        code: 'market.symbol-invalid',
        message: expect.stringContaining(`expected a code as 7203, 72030 or 7203.T`),
      }),
    );
  });

  it('reads what formatSymbol writes, in every spelling', () => {
    const code = fc.stringMatching(/^[0-9][0-9ACDFGHJKLMNPRSTUWXY][0-9][0-9ACDFGHJKLMNPRSTUWXY]$/);
    fc.assert(
      fc.property(code, fc.constantFrom('four', 'five', 'yahoo'), (symbol, spelling) => {
        expect(parseSymbol(formatSymbol(parseSymbol(symbol), spelling))).toBe(symbol);
      }),
    );
    expect(['four', 'five', 'yahoo'].map((spelling) => formatSymbol(parseSymbol('186A'), spelling as 'four'))).toEqual([
      '186A',
      '186A0',
      '186A.T',
    ]);
  });
});

describe('lotSize', () => {
  it('is 100 shares, unless the symbol has a lot of its own', () => {
    expect(lotSize(parseSymbol('7203'))).toBe(100);
    const fund = parseSymbol('1306');
    expect(lotSize(fund, new Map([[fund, 10]]))).toBe(10);
  });
});
