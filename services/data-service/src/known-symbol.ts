import { DayTradeError } from '@daytrade/errors';
import { parseSymbol } from '@daytrade/market';
import type { SymbolRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';

/**
 * The symbol of a request, in any spelling.
 *
 * @throws DayTradeError `market.symbol-invalid`; `data.symbol-unknown`, with the codes that differ in one character
 */
export async function knownSymbol(text: string, { symbols }: DataServiceDependencies['stores']): Promise<SymbolRecord> {
  const code = parseSymbol(text);
  const found = await symbols.find(code);
  if (found !== undefined) return found;
  const known = await symbols.list();
  const near = known.filter(({ symbol }) => differsInOne(symbol, code)).slice(0, 3);
  const suggestion = near.length === 0 ? '' : `; did you mean ${near.map(nameWithCode).join(', ')}?`;
  const bars = known.length === 0 ? 'there are no bars yet' : `there are bars for ${known.length} symbols`;
  throw new DayTradeError('data.symbol-unknown', `symbol ${code} is not known: ${bars}${suggestion}`, {
    details: { field: 'symbol', value: text, suggestions: near.map(({ symbol }) => symbol) },
  });
}

function differsInOne(one: string, other: string): boolean {
  return Array.from(one).filter((character, index) => character !== other[index]).length === 1;
}

function nameWithCode({ symbol, name }: SymbolRecord): string {
  return name === symbol ? symbol : `${symbol} (${name})`;
}
