import { type DataHealth, routes } from '@daytrade/contracts';
import type { Connection } from './platform/connection.ts';

/**
 * The health of the bars of some symbols, of all in use where none is named.
 *
 * @throws DayTradeError `data.symbol-unknown`
 */
export async function dataHealth({ data }: Connection, symbols: readonly string[]): Promise<DataHealth> {
  if (symbols.length === 0) return await data.call(routes.dataHealth);
  const found: DataHealth[] = [];
  for (const symbol of symbols) found.push(await data.call(routes.dataHealth, { query: { symbol } }));
  return { symbols: found.flatMap((one) => one.symbols), barsAge: found[0]?.barsAge ?? null };
}
