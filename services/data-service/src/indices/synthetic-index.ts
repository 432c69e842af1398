import type { FetchRequest } from '@daytrade/contracts';
import { newestIndexDay } from '@daytrade/market';
import { createSyntheticExchange } from '@daytrade/market-data';
import type { DataServiceDependencies } from '../dependencies.ts';

/**
 * Keeps the index of New York that belongs to the synthetic bars of a fetch, up to what is known now: so that the demo
 * forecasts at 08:30 too. Another seed is another world, whose values take the place of those before.
 */
export async function saveSyntheticIndex(
  { stores, clock }: Pick<DataServiceDependencies, 'stores' | 'clock'>,
  { seed, symbols, from }: Extract<FetchRequest, { readonly provider: 'synthetic' }>,
): Promise<void> {
  const now = clock.now();
  const exchange = createSyntheticExchange({ seed, symbols, ...(from === undefined ? {} : { start: from }) });
  const values = exchange.newYork(newestIndexDay('nasdaq', now));
  const source = { source: 'synthetic', fetchedAt: new Date(now).toISOString() };
  await stores.indices.merge({ name: 'nasdaq', synthetic: true }, values, source);
}
