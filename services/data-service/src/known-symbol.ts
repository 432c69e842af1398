import { DayTradeError } from '@daytrade/errors';
import { parseSymbol } from '@daytrade/market';
import type { SymbolRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';

/**
 * The symbol of a request, in any spelling.
 *
 * @throws DayTradeError `market.symbol-invalid`; `data.symbol-unknown`
 */
export async function knownSymbol(text: string, { symbols }: DataServiceDependencies['stores']): Promise<SymbolRecord> {
  const code = parseSymbol(text);
  const found = await symbols.find(code);
  if (found !== undefined) return found;
  const { length } = await symbols.list();
  const bars = length === 0 ? 'there are no bars yet' : `there are bars for ${length} symbols`;
  throw new DayTradeError('data.symbol-unknown', `symbol ${code} is not known: ${bars}`);
}
