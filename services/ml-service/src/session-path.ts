import { dateOfDayNumber, inDayHorizons } from '@daytrade/market';
import { buildSessionPath, type IntradayColumns, type Panel, type SessionPath } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';
import { readIntraday } from './in-day/running-session.ts';

/** Newest sessions whose 5-minute bars are read: a year, to bound their memory. */
const mostSessions = 250;

/** Times of the horizons that need 5-minute bars. */
const times = inDayHorizons.flatMap((horizon) => {
  const time = horizon.slice('close@'.length);
  return time === '08:30' || time === 'open' ? [] : [time];
});

/** Reads the paths of a panel's newest sessions from stored 5-minute bars; undefined without any. */
export async function readSessionPath(stores: Pick<Stores, 'bars'>, panel: Panel): Promise<SessionPath | undefined> {
  const bars = await readFiveMinuteBars(stores, panel);
  return bars.every((own) => own === undefined) ? undefined : buildSessionPath(panel, bars, times);
}

/** Reads the 5-minute bars of the newest sessions by symbol of a panel; undefined for a symbol without. */
export async function readFiveMinuteBars(
  stores: Pick<Stores, 'bars'>,
  { days, symbols }: Panel,
): Promise<readonly (IntradayColumns | undefined)[]> {
  const [first, last] = [days.at(-mostSessions) ?? days[0], days.at(-1)];
  if (first === undefined || last === undefined) return symbols.map(() => undefined);
  return await readIntraday(stores, symbols, { from: dateOfDayNumber(first), to: dateOfDayNumber(last) });
}
