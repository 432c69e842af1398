import { createHash } from 'node:crypto';
import {
  type BacktestRequest,
  type BacktestResult,
  backtestRequestSchema,
  backtestResultSchema,
  type StrategyName,
} from '@daytrade/contracts';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { type DayNumber, dateOfDayNumber, type IndexName } from '@daytrade/market';
import { type IntradayColumns, limitColumns, mapBars, onSharedMemory, type Panel } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';
import {
  type BacktestInput,
  checkedParameters,
  parameterSets,
  simulationSettings,
  strategies,
  trialKey,
} from '@daytrade/trading';
import { readForecasts } from '../backtest/read-forecasts.ts';
import type { MlServiceDependencies } from '../dependencies.ts';
import { firstSeries } from '../in-day/overnight.ts';
import { readFiveMinuteBars } from '../session-path.ts';
import { lotsOf, readUniverse } from '../universe.ts';

/** Job `backtest`: simulates a strategy on the stored bars and forecasts. */
export function backtestJob({ stores, computations, version }: MlServiceDependencies): JobDefinition {
  return defineJob('backtest', async ({ payload: request, signal, progress }) => {
    progress({ stage: 'reading bars', fraction: 0 });
    const universe = await readUniverse(stores, request.symbols, request.universe);
    const { panel, synthetic, dataHash: barsHash, leftOut } = universe;
    const forecasts = await readForecasts(stores, panel, synthetic);
    const intraday = await readFiveMinuteBars(stores, panel);
    const found = await firstSeries(stores, indexNames, synthetic);
    const closeOn = (day: DayNumber) => found?.values.get(dateOfDayNumber(day)) ?? NaN;
    const index = found && { name: found.name, closes: Float64Array.from(panel.days, closeOn) };
    const dataHash = hashOf(
      barsHash,
      panel.members,
      lotsOf(universe).join(),
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
        forecasts,
        intraday: intraday.some((own) => own !== undefined) ? intraday.map(shared) : undefined,
      },
      strategy: request.strategy,
      parameters: request.parameters,
      choose: request.choose,
      settings: simulationSettings(request),
      ...rangeOf(request, panel),
      seed: request.seed,
      conditions: conditionsOf(request, dataHash),
      earlierTrials: await earlierTrials(stores, request.strategy),
      index,
    };
    const report = await computations.run('backtest', input, { signal, onProgress: progress });
    return {
      ...report,
      synthetic,
      traded: panel.symbols.every(({ priceBasis }) => priceBasis === 'traded'),
      dataHash,
      reproducedBy: hashOf(dataHash, index?.name, index?.closes, JSON.stringify(request), `${report.trials}`, version),
      leftOut,
      universe: universe.set,
    };
  });
}

/** Returns the requested range of a panel's sessions. */
function rangeOf({ from, to }: BacktestRequest, { days }: Panel): Pick<BacktestInput, 'from' | 'to'> {
  const placeOf = (isLater: (date: string) => boolean) => days.findIndex((day) => isLater(dateOfDayNumber(day)));
  const [first, end] = [
    from === undefined ? 0 : placeOf((date) => date >= from),
    to === undefined ? -1 : placeOf((date) => date > to),
  ];
  return { from: first < 0 ? days.length : first, to: end < 0 ? days.length : end };
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

/** Returns the keys of all trials of a strategy in the ledger: distinct parameters, data, costs and periods. */
async function earlierTrials({ runs }: Pick<Stores, 'runs'>, strategy: StrategyName): Promise<ReadonlySet<string>> {
  const earlier = await runs.list({ job: 'backtest', status: 'succeeded', limit: mostRuns, longestJson });
  const trials = new Set<string>();
  for (const { id, payload } of earlier) {
    const request = backtestRequestSchema.safeParse(payload);
    if (request.success && request.data.strategy !== strategy) continue;
    const result = backtestResultSchema.safeParse((await runs.find(id))?.result);
    if (request.success && result.success) for (const trial of trialsOf(request.data, result.data)) trials.add(trial);
    // An unreadable run counts as a trial of its own.
    else trials.add(id);
  }
  return trials;
}

function trialsOf(request: BacktestRequest, { chosen, dataHash }: BacktestResult): readonly string[] {
  const strategy = strategies[request.strategy];
  const sets = chosen ? parameterSets(strategy, request.parameters) : [checkedParameters(strategy, request.parameters)];
  return sets.map((set) => trialKey(conditionsOf(request, dataHash), set));
}

/** Returns everything that a result depends on except parameters; the seed only resamples it. */
function conditionsOf({ parameters: _1, choose: _2, seed: _3, ...request }: BacktestRequest, dataHash: string): string {
  return `${dataHash} ${JSON.stringify(request)}`;
}
