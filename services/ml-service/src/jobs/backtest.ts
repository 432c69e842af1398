import { createHash } from 'node:crypto';
import { type BacktestRequest, backtestRequestSchema, backtestResultSchema } from '@daytrade/contracts';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { type DayNumber, dateOfDayNumber, type IndexName } from '@daytrade/market';
import { type IntradayColumns, limitColumns, mapBars, onSharedMemory, type Panel } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';
import {
  type BacktestInput,
  type BacktestReport,
  isShipped,
  sessionsOfYear,
  simulationSettings,
  trialKey,
} from '@daytrade/trading';
import { readForecasts } from '../backtest/read-forecasts.ts';
import { writeRecord } from '../backtest/stored-record.ts';
import type { MlServiceDependencies } from '../dependencies.ts';
import { firstSeries } from '../in-day/overnight.ts';
import { OwnStrategies } from '../own/own-strategies.ts';
import { readFiveMinuteBars } from '../session-path.ts';
import { groupsOf, lotsOf, readSplits, readUniverse } from '../universe.ts';

/** Job `backtest`: simulates a strategy on the stored bars and forecasts. */
export function backtestJob({ settings, stores, computations, version }: MlServiceDependencies): JobDefinition {
  const ownStrategies = new OwnStrategies(settings.DAYTRADE_USER_FOLDER);
  return defineJob('backtest', async ({ run, payload: request, signal, progress }) => {
    const own = isShipped(request.strategy) ? undefined : await ownStrategies.find(request.strategy);
    progress({ stage: 'reading bars', fraction: 0 });
    const universe = await readUniverse(stores, request.symbols, request.universe);
    const { panel, synthetic, dataHash: barsHash, leftOut } = universe;
    const forecasts = await readForecasts(stores, panel, synthetic);
    const intraday = await readFiveMinuteBars(stores, panel);
    const splits = await splitsOf(stores, panel);
    const found = await firstSeries(stores, indexNames, synthetic);
    const closeOn = (day: DayNumber) => found?.values.get(dateOfDayNumber(day)) ?? NaN;
    const index = found && { name: found.name, closes: Float64Array.from(panel.days, closeOn) };
    const dataHash = hashOf(
      barsHash,
      panel.members,
      lotsOf(universe).join(),
      groupsOf(universe).join(),
      panel.dividends?.paid,
      JSON.stringify([...splits]),
      forecasts?.lower,
      forecasts?.upper,
      forecasts?.centre,
      ...intraday.flatMap((own) => [own?.times, own?.open, own?.high, own?.low, own?.close, own?.volume]),
    );
    const input: BacktestInput = {
      data: {
        panel,
        limits: limitColumns(panel),
        lots: lotsOf(universe),
        groups: groupsOf(universe),
        splits,
        forecasts,
        intraday: intraday.some((own) => own !== undefined) ? intraday.map(shared) : undefined,
      },
      strategy: request.strategy,
      parameters: request.parameters,
      candidates: request.candidates,
      choose: request.choose,
      settings: simulationSettings(request),
      ...rangeOf(request, panel),
      seed: request.seed,
      conditions: conditionsOf(request, dataHash, own?.hash),
      earlierTrials: await earlierTrials(stores),
      index,
    };
    const options = { signal, onProgress: progress };
    const { record, ...report } =
      own === undefined
        ? await computations.run('backtest', input, options)
        : await ownStrategies.backtest(own, input, options);
    await writeRecord(stores, run.id, { synthetic, ...record });
    return {
      ...report,
      strategyHash: own?.hash ?? null,
      synthetic,
      traded: panel.symbols.every(({ priceBasis }) => priceBasis === 'traded'),
      dataHash,
      reproducedBy: hashOf(dataHash, index?.name, index?.closes, JSON.stringify(request), luckOf(report), version),
      leftOut,
      universe: universe.set,
    };
  });
}

/** Returns the splits of symbols with traded prices: new shares for each old one, by the row of the ex-day. */
async function splitsOf(stores: Pick<Stores, 'priceFactors'>, { symbols, days }: Panel): Promise<Map<number, number>> {
  const traded = [...symbols.entries()].filter(([, { priceBasis }]) => priceBasis === 'traded');
  const places = new Map<string, number>(traded.map(([s, { symbol }]) => [symbol, s]));
  const splits = new Map<number, number>();
  for (const { symbol, day, ratio } of await readSplits(stores)) {
    const s = places.get(symbol);
    const t = days.indexOf(day);
    if (s !== undefined && t > 0) splits.set(t * symbols.length + s, ratio);
  }
  return splits;
}

/** Returns the part of a result that depends on the trials before it. */
function luckOf({ trials, deflatedSharpe }: Pick<BacktestReport, 'trials' | 'deflatedSharpe'>): string {
  return `${trials} ${deflatedSharpe}`;
}

function rangeOf({ from, to }: BacktestRequest, { days }: Panel): Pick<BacktestInput, 'from' | 'to'> {
  const placeOf = (isLater: (date: string) => boolean) => {
    const t = days.findIndex((day) => isLater(dateOfDayNumber(day)));
    return t < 0 ? days.length : t;
  };
  return {
    from: from === undefined ? 0 : placeOf((date) => date >= from),
    to: to === undefined ? days.length : placeOf((date) => date > to),
  };
}

/** Copies 5-minute bars to shared memory, which all threads read. */
function shared(bars: IntradayColumns | undefined): IntradayColumns | undefined {
  return bars && { times: onSharedMemory(bars.times), ...mapBars(bars, onSharedMemory) };
}

/** Indices to compare with; the first one with values is used. */
const indexNames: readonly IndexName[] = ['topix', 'nikkei225'];

function hashOf(...parts: readonly (string | Float64Array | Uint8Array | undefined)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    if (typeof part === 'string') hash.update(part);
    else if (part !== undefined) hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    hash.update('|');
  }
  return hash.digest('hex');
}

/** Limits of the search in the ledger: runs, and characters of a payload. */
const mostRuns = 10_000;
const longestJson = 4_000;

/** Returns the daily Sharpe ratio of each distinct trial in the ledger; null for a run that cannot be read. */
async function earlierTrials({ runs }: Pick<Stores, 'runs'>): Promise<BacktestInput['earlierTrials']> {
  const earlier = await runs.list({ job: 'backtest', status: 'succeeded', limit: mostRuns, longestJson });
  const trials = new Map<string, number | null>();
  for (const { id, payload } of earlier) {
    const request = backtestRequestSchema.safeParse(payload);
    const result = backtestResultSchema.safeParse((await runs.find(id))?.result);
    if (!request.success || !result.success) {
      trials.set(id, null);
      continue;
    }
    const conditions = conditionsOf(request.data, result.data.dataHash, result.data.strategyHash);
    for (const { values, sharpe } of result.data.tried) {
      trials.set(trialKey(conditions, values), sharpe / Math.sqrt(sessionsOfYear));
    }
  }
  return trials;
}

/** Returns everything that a result depends on except parameters; the seed only resamples it. */
function conditionsOf(
  { parameters: _1, candidates: _2, choose: _3, seed: _4, ...request }: BacktestRequest,
  ...hashes: readonly (string | null | undefined)[]
): string {
  return `${hashes.filter(Boolean).join(' ')} ${JSON.stringify(request)}`;
}
