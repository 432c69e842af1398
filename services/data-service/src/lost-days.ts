import { nextSession, previousSession, type TradeDate } from '@daytrade/market';
import type { DataServiceDependencies } from './dependencies.ts';

/** Symbols that lost their newest bars, and the first day that one of them lost. */
export interface LostDays {
  readonly symbols: number;
  readonly from: TradeDate;
}

/**
 * Sets the last day of records back to the last stored bar, if a damaged file has lost the bars after it. A provider
 * that is asked for what comes after the last day is then asked for them.
 *
 * @returns undefined if nothing was lost
 */
export async function forgetLostDays({
  stores: { bars, symbols },
  logger,
}: Pick<DataServiceDependencies, 'stores' | 'logger'>): Promise<LostDays | undefined> {
  const records = await symbols.list();
  const ends = await bars.ends(records.map(({ symbol }) => symbol));
  const behind = records.flatMap((record, index) => {
    if (record.bars === 0) return [];
    const end = ends[index] ?? { lastDate: previousSession(record.firstDate) };
    return end.lastDate >= record.lastDate ? [] : [{ ...record, ...end, askedTo: null }];
  });
  if (behind.length === 0) return undefined;
  await symbols.upsertMany(behind);
  const [earliest] = behind.map(({ lastDate }) => lastDate).sort();
  const lost = { symbols: behind.length, from: nextSession(earliest!) };
  logger.warn(lost, `the newest bars of ${lost.symbols} symbols were lost from ${lost.from} on, and are fetched again`);
  return lost;
}
