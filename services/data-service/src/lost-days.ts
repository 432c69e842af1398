import { nextSession, type TradeDate } from '@daytrade/market';
import type { DataServiceDependencies } from './dependencies.ts';

/** Symbols whose newest bars are gone, and the first day of which some has none any more. */
export interface LostDays {
  readonly symbols: number;
  readonly from: TradeDate;
}

/**
 * Puts the records of symbols back to where their bars end, where these end earlier: newest bars of many symbols that
 * were in a damaged file are gone. A provider that is asked for what comes after the last day is then asked for them.
 *
 * @returns undefined where nothing was lost
 */
export async function forgetLostDays({
  stores: { bars, symbols },
  logger,
}: Pick<DataServiceDependencies, 'stores' | 'logger'>): Promise<LostDays | undefined> {
  const records = await symbols.list();
  const ends = await bars.ends(records.map(({ symbol }) => symbol));
  const behind = records.flatMap((record, index) => {
    const end = ends[index];
    return end === undefined || end.lastDate >= record.lastDate ? [] : [{ ...record, ...end, askedTo: null }];
  });
  if (behind.length === 0) return undefined;
  await symbols.upsertMany(behind);
  const [earliest] = behind.map(({ lastDate }) => lastDate).sort();
  const lost = { symbols: behind.length, from: nextSession(earliest!) };
  logger.warn(lost, `the newest bars of ${lost.symbols} symbols were lost from ${lost.from} on, and are fetched again`);
  return lost;
}
