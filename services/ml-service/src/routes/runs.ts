import {
  type BacktestRequest,
  type EvaluationRequest,
  type JobName,
  type Run,
  routes,
  type TrainingRequest,
} from '@daytrade/contracts';
import {
  checkJudgeable,
  checkKnown,
  checkTrainable,
  enoughFiveMinuteSessions,
  enoughSessions,
  needsFiveMinutes,
} from '@daytrade/ensemble';
import { requestKey } from '@daytrade/jobs';
import { countSessions, type InDayHorizon, japanDay, type TradeDate } from '@daytrade/market';
import { addRoute, type Service } from '@daytrade/service';
import type { Stores, SymbolRecord } from '@daytrade/storage';
import { checkedParameters, checkSessions, leastSessions, nothingToJudge, strategies } from '@daytrade/trading';
import type { MlServiceDependencies } from '../dependencies.ts';
import { knowsAmerica, readNights } from '../in-day/overnight.ts';
import { rangeOf } from '../jobs/backtest.ts';
import { evaluationOptions } from '../jobs/training.ts';
import { tooLittleOf } from '../members-by-date.ts';
import { readSessionPath } from '../session-path.ts';
import {
  type ActiveSymbols,
  activeSymbols,
  readUniverse,
  type SymbolsMeant,
  symbolsMeant,
  type Universe,
} from '../universe.ts';

/**
 * Adds the routes that start long work: 202 with the run, whose progress the scheduler service reports. Requests that
 * could only fail are refused at once; the run checks again, since bars may have gone meanwhile.
 */
export function addRunRoutes(service: Service, dependencies: MlServiceDependencies): void {
  const { stores } = dependencies;
  addRoute(service, routes.startTraining, async ({ body, id }) => {
    await checkTraining(stores, body);
    return await start(dependencies, 'training', body, id);
  });
  addRoute(service, routes.startEvaluation, async ({ body, id }) => {
    await checkEvaluation(stores, body);
    return await start(dependencies, 'evaluation', body, id);
  });
  addRoute(service, routes.startAudit, async ({ body, id }) => {
    await symbolsMeant(stores, body.symbols, {});
    return await start(dependencies, 'audit', body, id);
  });
  addRoute(service, routes.startBacktest, async ({ body, id }) => {
    checkedParameters(strategies[body.strategy], body.parameters);
    await checkBacktest(stores, body);
    return await start(dependencies, 'backtest', body, id);
  });
}

async function start(
  { queue, stores }: Pick<MlServiceDependencies, 'queue' | 'stores'>,
  job: JobName,
  payload: Readonly<Record<string, unknown>>,
  requestId: string,
): Promise<{ readonly run: Run }> {
  // The same request on the same bars joins the run that is under way.
  const key = requestKey(job, { ...payload, bars: barsOf(await activeSymbols(stores)) });
  return { run: await queue.enqueue({ job, key, payload, trigger: 'request', requestId }) };
}

/** Returns the state of the bars, which new bars change. */
function barsOf({ records }: ActiveSymbols): readonly unknown[] {
  return records.map(({ symbol, firstDate, lastDate, bars, priceBasis, synthetic }) => [
    symbol,
    firstDate,
    lastDate,
    bars,
    priceBasis,
    synthetic,
  ]);
}

/**
 * Refuses a training that could only fail, before it waits behind another one. Bars are read only if there may be too
 * few of them.
 *
 * @throws DayTradeError as the training: `training.too-little-data`, and as {@link symbolsMeant}
 */
async function checkTraining(stores: Stores, request: TrainingRequest): Promise<void> {
  const asked = await symbolsMeant(stores, request.symbols, request);
  if (hasEnough(asked, request)) return;
  await checkRead(stores, request, ({ panel }) => checkTrainable(panel));
}

/**
 * Like {@link checkTraining}, for an evaluation.
 *
 * @throws DayTradeError as the evaluation
 */
async function checkEvaluation(stores: Stores, request: EvaluationRequest): Promise<void> {
  const asked = await symbolsMeant(stores, request.symbols, request);
  const { horizon } = request;
  if (horizon !== 'next-close') await checkWithinDay(stores, asked, horizon);
  if (hasEnough(asked, request, request.to) && (await hasEnoughWithinDay(stores, asked, request))) return;
  await checkRead(stores, request, async ({ panel, synthetic }) => {
    const path = horizon === 'next-close' ? undefined : await readSessionPath(stores, panel);
    const nights = await readNights(stores, panel, synthetic);
    checkJudgeable({ panel, path, ...nights }, horizon, evaluationOptions(request));
  });
}

/**
 * Like {@link checkTraining}, for a backtest. Forecasts are checked by the days of their evaluation alone.
 *
 * @throws DayTradeError `input.invalid` as the backtest, and as {@link symbolsMeant}
 */
async function checkBacktest(stores: Stores, request: BacktestRequest): Promise<void> {
  const asked = await symbolsMeant(stores, request.symbols, request);
  const strategy = strategies[request.strategy];
  if (strategy.needsForecasts && !(await hasForecasts(stores, asked, request))) throw nothingToJudge(true);
  const { from, to } = request;
  const { before, judged } = leastSessions;
  const isEnough = (record: SymbolRecord) =>
    barsWithin(record, undefined, to) >= before + judged && barsWithin(record, from, to) >= judged;
  if (asked.meant.some(isEnough)) return;
  const { panel } = await readUniverse(stores, request.symbols, request);
  const range = rangeOf(request, panel);
  checkSessions(panel, strategy, range.from, range.to);
}

async function hasForecasts(
  { evaluations }: Pick<Stores, 'evaluations'>,
  { synthetic }: SymbolsMeant,
  { from, to }: BacktestRequest,
): Promise<boolean> {
  const newest = await evaluations.latest(synthetic);
  if (newest === undefined) return false;
  const first = from === undefined || from < newest.from ? newest.from : from;
  const last = to === undefined || to > newest.to ? newest.to : to;
  return first <= last && countSessions(first, last) >= leastSessions.judged;
}

async function checkWithinDay(stores: Stores, { meant, synthetic }: SymbolsMeant, horizon: InDayHorizon) {
  const withMinutes = new Set<string>(await stores.bars.symbols('5m'));
  const fiveMinutes = meant.some(({ symbol }) => withMinutes.has(symbol));
  checkKnown({ fiveMinutes, america: await knowsAmerica(stores, synthetic) }, horizon);
}

/** Number of symbols for which all 5-minute bars are read, since the rows of one symbol may be too few. */
const fewSymbols = 20;

/** Returns whether 5-minute bars suffice: none are needed, or many symbols have them, one at enough sessions. */
async function hasEnoughWithinDay(
  { bars }: Pick<Stores, 'bars'>,
  { meant }: SymbolsMeant,
  { horizon, to }: EvaluationRequest,
): Promise<boolean> {
  if (horizon === 'next-close' || !needsFiveMinutes(horizon)) return true;
  const withMinutes = new Set<string>(await bars.symbols('5m'));
  const own = meant.filter(({ symbol }) => withMinutes.has(symbol));
  if (own.length <= fewSymbols) return false;
  for (const { symbol } of own.slice(0, fewSymbols)) {
    const { times } = await bars.readIntraday(symbol, to === undefined ? {} : { to });
    if (new Set(Array.from(times, japanDay)).size >= enoughFiveMinuteSessions) return true;
  }
  return false;
}

/** Returns whether one symbol has enough bars since the members of its universe are known. */
function hasEnough(
  { meant, membership }: SymbolsMeant,
  { formerMembers = true }: { readonly formerMembers?: boolean | undefined },
  to?: TradeDate,
): boolean {
  const from = membership === undefined || !formerMembers ? undefined : membership.knownFrom;
  return meant.some((record) => barsWithin(record, from, to) >= enoughSessions);
}

/** Returns the least number of bars of a symbol between two days. */
function barsWithin({ bars, firstDate, lastDate }: SymbolRecord, from?: TradeDate, to?: TradeDate): number {
  if ((from !== undefined && from > lastDate) || (to !== undefined && to < firstDate)) return 0;
  const before = from === undefined || from <= firstDate ? 0 : countSessions(firstDate, from);
  const after = to === undefined || to >= lastDate ? 0 : countSessions(to, lastDate);
  return bars - before - after;
}

async function checkRead(
  stores: Stores,
  request: TrainingRequest | EvaluationRequest,
  check: (universe: Universe) => void | Promise<void>,
): Promise<void> {
  const universe = await readUniverse(stores, request.symbols, request);
  try {
    await check(universe);
  } catch (error) {
    throw tooLittleOf(universe.set, error);
  }
}
