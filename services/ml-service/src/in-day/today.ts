import { type ReasonWithoutForecast, type SymbolToday, type Today } from '@daytrade/contracts';
import { dayNumber, horizonTime, type InDayHorizon, phaseAt, previousSession, type TradeDate } from '@daytrade/market';
import { barMilliseconds, type IntradayColumns } from '@daytrade/series';
import { activeSymbols, type PublishedPrediction, type Stores, type SymbolRecord } from '@daytrade/storage';
import { isLate } from '../predictions/judge.ts';
import { shownDirection, skilledModels } from '../predictions/shown-direction.ts';
import { judgeInDay } from './judge-in-day.ts';

/** The session of the day in Japan, or the last one before a day on which the exchange is closed. */
function sessionOfDay(now: number): TradeDate {
  const { session, date } = phaseAt(now);
  return session ?? previousSession(date);
}

/**
 * The forecasts of the close of the day's session that stood, of one horizon.
 *
 * @param asked default: the newest that was published
 */
export async function readToday(stores: Stores, asked: InDayHorizon | undefined, now: number): Promise<Today> {
  const { records, synthetic } = await activeSymbols(stores);
  const session = sessionOfDay(now);
  const horizons = await stores.inDayPredictions.ofSession(session, synthetic);
  const horizon = asked ?? horizons.at(-1) ?? null;
  const published = horizon === null ? [] : await stores.inDayPredictions.ofHorizon({ session, horizon }, synthetic);
  const forecast = new Set<string>(published.map(({ symbol }) => symbol));
  const others = records.filter(({ symbol }) => !forecast.has(symbol));
  const isPublished = published.length > 0;
  return {
    session,
    horizon,
    horizons: [...horizons],
    predictions: [...(await judgeInDay(stores, published, now))],
    withoutForecast: await reasonsOf(stores, others, { session, horizon, isPublished }),
  };
}

/** Why symbols have no forecast, as far as their bars show it. */
async function reasonsOf(
  { bars }: Stores,
  records: readonly SymbolRecord[],
  of: { readonly session: TradeDate; readonly horizon: InDayHorizon | null; readonly isPublished: boolean },
): Promise<Today['withoutForecast']> {
  const { session, horizon, isPublished } = of;
  const needsBars = horizon !== 'close@08:30';
  const withBars = new Set(needsBars && records.length > 0 ? await bars.symbols('5m') : []);
  const reasonOf = async (symbol: string): Promise<ReasonWithoutForecast> => {
    if (needsBars && !withBars.has(symbol)) return 'needs-5-minute-bars';
    if (!needsBars || !isPublished || horizon === null) return 'not-published';
    const [first = Infinity] = (await bars.readIntraday(symbol, { from: session, to: session })).times;
    return first + barMilliseconds > horizonTime(session, horizon) ? 'no-trade-yet' : 'not-published';
  };
  const reasons: Today['withoutForecast'] = [];
  for (const { symbol, name } of records) reasons.push({ symbol, name, reason: await reasonOf(symbol) });
  return reasons;
}

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
