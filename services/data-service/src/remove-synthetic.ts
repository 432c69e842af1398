import type { SymbolRemoval } from '@daytrade/contracts';
import type { DataServiceDependencies } from './dependencies.ts';

/**
 * Removes the synthetic symbols with all that was made of their bars and shown as theirs: bars, predictions,
 * announcements, quarantined rows. Models stay in the registry, where they say what they were made from. The symbols
 * go last, so that a removal that was cut off is ended by the next one.
 *
 * @throws DayTradeError `state.unwritable`
 */
export async function removeSynthetic(stores: DataServiceDependencies['stores']): Promise<SymbolRemoval> {
  const removed = (await stores.symbols.list()).filter(({ synthetic }) => synthetic);
  const symbols = removed.map(({ symbol }) => symbol);
  await stores.bars.remove(symbols);
  const predictions = (await stores.predictions.remove(true)) + (await stores.inDayPredictions.remove(true));
  await stores.judgedCloses.remove(symbols);
  await stores.announcements.remove(symbols);
  const quarantine = await stores.quarantine.remove(symbols);
  await stores.indices.removeSynthetic();
  await stores.symbols.remove(symbols);
  return { symbols, bars: removed.reduce((sum, { bars }) => sum + bars, 0), predictions, quarantine };
}
