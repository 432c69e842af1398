import { type DayNumber, dateOfDayNumber, dayNumber, sessionOpen, type TradeDate } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';
import type { Feed, SessionForecasts } from '@daytrade/trading';
import { readIntraday } from '../in-day/read-intraday.ts';
import { skilledModels } from '../predictions/shown-direction.ts';
import { lotsOf, readUniverse } from '../universe.ts';

/** Sessions of 5-minute bars that are read: the one that is traded, and those that show the basis of its prices. */
const intradaySessions = 6;

/** What is stored of the market, and what was published of a session before it opened. */
export function storedFeed(stores: Stores): Feed {
  return {
    read: async (session) => {
      const universe = await readUniverse(stores);
      const { panel, synthetic } = universe;
      const first = panel.days.at(-intradaySessions) ?? panel.days[0]!;
      const from = dateOfDayNumber(Math.min(first, dayNumber(session)) as DayNumber);
      const intraday = await readIntraday(stores, panel.symbols, { from, to: session });
      const forecasts = await readPublished(stores, panel, session, synthetic);
      return { panel, lots: lotsOf(universe), intraday, forecasts, synthetic };
    },
  };
}

async function readPublished(
  stores: Stores,
  { symbols }: Panel,
  session: TradeDate,
  synthetic: boolean,
): Promise<SessionForecasts | undefined> {
  const inTime = (await stores.predictions.forSession(session, synthetic)).filter(
    ({ madeAt }) => Date.parse(madeAt) < sessionOpen(session),
  );
  if (inTime.length === 0) return undefined;
  const skilled = await skilledModels(stores, inTime);
  const places = new Map<string, number>(symbols.map(({ symbol }, place) => [symbol, place]));
  const column = () => new Float64Array(symbols.length).fill(NaN);
  const [centre, lower, upper] = [column(), column(), column()];
  for (const forecast of inTime) {
    const place = places.get(forecast.symbol);
    if (place === undefined) continue;
    centre[place] = forecast.centre ?? NaN;
    lower[place] = forecast.lower;
    upper[place] = forecast.upper;
  }
  return { centre, lower, upper, skilled: inTime.every(({ modelVersion }) => skilled.has(modelVersion)) };
}
