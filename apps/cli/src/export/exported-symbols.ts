import { type ListedSymbol, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { SymbolCode } from '@daytrade/market';
import type { Connection } from '../platform/connection.ts';

/**
 * The symbols whose data is written: those asked for, else all that are in use.
 *
 * @throws DayTradeError `data.symbol-unknown`; `data.no-bars` when there is none
 */
export async function exportedSymbols(
  { data }: Pick<Connection, 'data'>,
  asked: readonly SymbolCode[] | undefined,
): Promise<readonly ListedSymbol[]> {
  const { symbols } = await data.call(routes.symbols);
  const inUse = symbols.filter(({ displaced }) => !displaced);
  if (asked === undefined) {
    if (inUse.length === 0) throw new DayTradeError('data.no-bars', 'there are no bars yet');
    return inUse;
  }
  const known = new Map(symbols.map((symbol) => [symbol.symbol, symbol]));
  const found: ListedSymbol[] = [];
  for (const code of asked) {
    const symbol = known.get(code);
    // The service says which codes are like it.
    if (symbol === undefined) await data.call(routes.bars, { params: { symbol: code } });
    else found.push(symbol);
  }
  return found;
}
