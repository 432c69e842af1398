import type { SymbolToday } from '@daytrade/contracts';
import { dayNumber, type TradeDate } from '@daytrade/market';
import { barMilliseconds, type IntradayColumns } from '@daytrade/series';
import type { PublishedPrediction, Stores, SymbolRecord } from '@daytrade/storage';
import { isLate } from '../predictions/judge.ts';
import { shownDirection, skilledModels } from '../predictions/shown-direction.ts';
import { judgeInDay } from './judge-in-day.ts';
import { sessionOfDay } from './today.ts';

/** The day of one symbol, so far or until its close. */
export async function readSymbolToday(
  stores: Stores,
  { symbol, name, synthetic }: Pick<SymbolRecord, 'symbol' | 'name' | 'synthetic'>,
  now: number,
): Promise<SymbolToday> {
  const session = sessionOfDay(now);
  const published = await stores.inDayPredictions.ofSymbol(session, symbol, synthetic);
  const evening = (await stores.predictions.forSession(session, synthetic)).find((one) => one.symbol === symbol);
  const bars = await stores.bars.readIntraday(symbol, { from: session, to: session });
  return {
    symbol,
    name,
    session,
    evening: evening === undefined ? null : await eveningAsShown(stores, evening),
    forecasts: [...(await judgeInDay(stores, published, now))],
    prices: pricePath(bars),
    close: await closeOf(stores, symbol, session),
  };
}

/** As it is shown, with a direction only where skill in it was measured. */
async function eveningAsShown(stores: Stores, said: PublishedPrediction): Promise<SymbolToday['evening']> {
  const skilled = await skilledModels(stores, [said]);
  return { ...said, ...shownDirection(said, skilled.has(said.modelVersion)), late: isLate(said) };
}

/** The opening price, then the close of each bar at its end. */
function pricePath({ times, open, close }: IntradayColumns): SymbolToday['prices'] {
  const ends = Array.from(times, (begin, bar) => ({ at: instant(begin + barMilliseconds), price: close[bar]! }));
  return times.length === 0 ? [] : [{ at: instant(times[0]!), price: open[0]! }, ...ends];
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** As the daily bar has it. */
async function closeOf(stores: Stores, symbol: string, session: TradeDate): Promise<number | null> {
  const { days, close } = await stores.bars.read(symbol, { from: session, to: session });
  return days[0] === dayNumber(session) ? (close[0] ?? null) : null;
}
