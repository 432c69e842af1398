import { DayTradeError } from '@daytrade/errors';

/** A code in the four characters by which the platform knows a symbol: '7203', '186A'. Other spellings are text. */
export type SymbolCode = string & { readonly __brand: 'SymbolCode' };

/**
 * A code in any of its spellings. Four characters; since 2024 the second and the fourth may be letters (186A). The
 * exchange leaves out B, E, I, O, Q, V and Z, which look like digits or like other letters.
 */
export const symbolPattern = /^([0-9][0-9ACDFGHJKLMNPRSTUWXY][0-9][0-9ACDFGHJKLMNPRSTUWXY])(?:0|\.T)?$/;

/**
 * Reads a symbol code in any of its three spellings, in upper or lower case, and gives the four characters.
 *
 * @example
 * parseSymbol('186A0'); // '186A'
 * @throws DayTradeError `market.symbol-invalid`, also for five characters that do not end in 0 (preferred shares)
 */
export function parseSymbol(text: string): SymbolCode {
  const code = symbolPattern.exec(text.toUpperCase())?.[1];
  if (code !== undefined) return code as SymbolCode;
  throw new DayTradeError(
    'market.symbol-invalid',
    `symbol: expected a code as 7203, 72030 or 7203.T (letters as in 186A), got ${JSON.stringify(text)}`,
  );
}

/** Writes a code in five characters, as J-Quants does: 72030. */
export function fiveCharacters(code: SymbolCode): string {
  return `${code}0`;
}

/** Shares in a trading unit of domestic stocks, since 2018-10-01. */
export const lotSize = 100;

/**
 * A number of one unit. A plain number, as it comes out of a column or a sum, is taken for one, and so a loop needs
 * neither types nor casts; a number of another unit is not.
 */
export type Unit<Name extends string> = number & { readonly __brand?: Name };

/** An amount or a price in yen. */
export type Yen = Unit<'Yen'>;
