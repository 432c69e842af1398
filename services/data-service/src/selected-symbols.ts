import { activeUniverse } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';

/** The symbols of the newest selection of the universe that is in use; empty before the first morning. */
export async function selectedSymbols({
  symbols,
  selections,
}: Pick<DataServiceDependencies['stores'], 'symbols' | 'selections'>): Promise<ReadonlySet<string>> {
  const [any] = activeUniverse(await symbols.list());
  if (any === undefined) return new Set();
  const [newest] = await selections.list(any.synthetic, 1);
  return new Set(newest?.symbols.map(({ symbol }) => symbol));
}
