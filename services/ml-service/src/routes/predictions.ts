import { type HorizonAccuracy, routes, targetCoverage } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { type Horizon, inDayHorizons } from '@daytrade/market';
import { addRoute, type Service } from '@daytrade/service';
import { activeSymbols, type Stores, type SymbolRecord } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';
import { isLateInDay, readInDayCloses } from '../in-day/judge-in-day.ts';
import { readSymbolToday, readToday } from '../in-day/today.ts';
import { historyWithinDay, predictionHistory, predictionList } from '../predictions/answers.ts';
import { meanOf } from '../predictions/judge.ts';
import {
  isJudged,
  type LiveInterval,
  liveAccuracy,
  liveInterval,
  liveIntervals,
} from '../predictions/judged-interval.ts';
import type { InDayPublisher, Publisher } from '../predictions/publish.ts';
import { knownCodes } from '../universe.ts';

/** Adds the routes that publish predictions and read the newest and past ones. */
export function addPredictionRoutes(
  service: Service,
  { stores, clock }: MlServiceDependencies,
  publish: Publisher,
): void {
  addRoute(service, routes.publishPredictions, async (request) => {
    const { predictions, asked, leftOut } = await publish(request.body.symbols);
    return { ...(await predictionList(stores, predictions, asked, clock.now())), leftOut };
  });

  addRoute(service, routes.latestPredictions, async () => {
    const { records, synthetic } = await activeSymbols(stores);
    const latest = await stores.predictions.latest(synthetic);
    return await predictionList(stores, latest, records, clock.now());
  });

  addRoute(service, routes.predictionHistory, async (request) => {
    const { symbol, name, priceBasis, synthetic } = await findSymbol(stores, request.params.symbol);
    const { limit, horizons } = request.query;
    const evening = await predictionHistory(stores, { symbol, synthetic }, limit, clock.now());
    const withinDay = horizons === 'all' ? await historyWithinDay(stores, { symbol, synthetic }, limit) : [];
    return { symbol, name, priceBasis, synthetic, history: [...evening, ...withinDay] };
  });
}

/** Adds the routes of today's closes: of all symbols at a horizon, of one symbol through the day. */
export function addTodayRoutes(
  service: Service,
  { stores, clock }: MlServiceDependencies,
  publish: InDayPublisher,
): void {
  addRoute(service, routes.publishToday, async ({ body }) => {
    const { modelVersion: _modelVersion, added: _added, ...today } = await publish(body);
    return today;
  });

  addRoute(service, routes.today, ({ query }) => readToday(stores, query.horizon, clock.now()));

  addRoute(service, routes.symbolToday, async ({ params }) =>
    readSymbolToday(stores, await findSymbol(stores, params.symbol), clock.now()),
  );
}

async function findSymbol({ symbols }: MlServiceDependencies['stores'], named: string): Promise<SymbolRecord> {
  const records = await symbols.list();
  const [code] = knownCodes(records, [named]);
  return records.find(({ symbol }) => symbol === code)!;
}

/** The lists of an evaluation, nearly all of its size, which a summary leaves out. */
const withoutLists = { series: [], bySymbol: [], models: [], buckets: [] };

/** Adds the routes of the live record and of evaluations. */
export function addAccuracyRoutes(service: Service, { stores, clock }: MlServiceDependencies): void {
  addRoute(service, routes.accuracy, async ({ query: { summary } }) => {
    const { synthetic } = await activeSymbols(stores);
    const now = clock.now();
    const evening = await liveIntervals(stores, synthetic, now);
    const evaluation = (await stores.evaluations.latest(synthetic)) ?? null;
    return {
      target: targetCoverage,
      evaluation: evaluation !== null && summary === true ? { ...evaluation, ...withoutLists } : evaluation,
      live: liveAccuracy(evening, now),
      liveByHorizon: await liveByHorizon(stores, evening, synthetic, now),
    };
  });

  addRoute(service, routes.evaluation, async ({ params: { id } }) => {
    const evaluation = await stores.evaluations.find(id);
    if (evaluation !== undefined) return { evaluation };
    throw new DayTradeError('evaluation.none', `there is no evaluation ${JSON.stringify(id)}`);
  });
}

/** Newest sessions that are looked back over: with 500 symbols a session has 11,500 forecasts. */
const inDaySessions = 20;

/**
 * Returns the live accuracy of forecasts published in time, by time of the day, with the evening's intervals for the
 * same sessions; empty without publications within a day.
 *
 * @param evening intervals for the next close, of whatever sessions
 */
async function liveByHorizon(
  stores: Stores,
  evening: readonly LiveInterval[],
  synthetic: boolean,
  now: number,
): Promise<HorizonAccuracy[]> {
  const published = await stores.inDayPredictions.newestSessions(inDaySessions, synthetic);
  const [first] = published;
  if (first === undefined) return [];
  const inTime = published.filter((forecast) => !isLateInDay(forecast));
  const closes = await readInDayCloses(stores, inTime, now);
  const byHorizon = Map.groupBy(inTime, ({ horizon }) => horizon);
  return [
    accuracyOf(
      'next-close',
      evening.filter(({ session }) => session >= first.session),
      now,
    ),
    ...inDayHorizons.flatMap((horizon) => {
      const intervals = (byHorizon.get(horizon) ?? []).map((forecast) => liveInterval(forecast, closes(forecast)));
      return intervals.length === 0 ? [] : [accuracyOf(horizon, intervals, now)];
    }),
  ];
}

function accuracyOf(horizon: Horizon, intervals: readonly LiveInterval[], now: number): HorizonAccuracy {
  const widths = intervals.filter(isJudged).map(({ widthBp }) => widthBp);
  return { horizon, ...liveAccuracy(intervals, now), meanWidthBp: meanOf(widths) };
}
