import { createHash } from 'node:crypto';
import type { BacktestRequest } from '@daytrade/contracts';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { dateOfDayNumber, type IndexName } from '@daytrade/market';
import { type IntradayColumns, limitColumns, onSharedMemory, type Panel } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';
import type { BacktestInput, SimulationSettings } from '@daytrade/trading';
import { commissionTables, usualCosts, withoutLimits } from '@daytrade/trading';
import { conditionsOf, earlierTrials } from '../backtest/earlier-trials.ts';
import { readForecasts } from '../backtest/read-forecasts.ts';
import type { MlServiceDependencies } from '../dependencies.ts';
import { readFiveMinuteBars } from '../session-path.ts';
import { lotsOf, readHashedUniverse } from '../universe.ts';

/** Job `backtest`: what following a strategy would have cost. Its result is the whole report. */
export function backtestJob({ stores, computations, version }: MlServiceDependencies): JobDefinition {
  return defineJob('backtest', async ({ payload: request, signal, progress }) => {
    progress({ stage: 'reading bars', fraction: 0 });
    const universe = await readHashedUniverse(stores, request.symbols, request);
    const { panel, synthetic, dataHash: barsHash, leftOut } = universe;
    const forecasts = await readForecasts(stores, panel, synthetic);
    const intraday = await readFiveMinuteBars(stores, panel);
    const index = await readIndex(stores, panel, synthetic);
    const dataHash = hashOf(
      barsHash,
      panel.members,
      lotsOf(universe).join(),
      forecasts?.lower,
      forecasts?.upper,
      forecasts?.centre,
      forecasts?.skilled.join(''),
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
      settings: settingsOf(request),
      ...rangeOf(request, panel),
      seed: request.seed,
      conditions: conditionsOf(request, dataHash),
      earlierTrials: await earlierTrials(stores, request.strategy),
      index,
    };
    const report = await computations.backtest(input, { signal, onProgress: progress });
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

function settingsOf(request: BacktestRequest): SimulationSettings {
  const { account, cash, spreadTicks, impact, participation } = request;
  return {
    account,
    cash,
    costs: { ...usualCosts, commission: commissionTables[request.commission], spreadTicks, impact },
    limits: {
      ...withoutLimits,
      position: request.maxPosition ?? withoutLimits.position,
      exposure: request.maxExposure ?? withoutLimits.exposure,
      dailyLoss: request.maxSessionLoss ?? withoutLimits.dailyLoss,
    },
    rules: true,
    participation,
  };
}

/** The sessions of a panel that were asked for. */
export function rangeOf({ from, to }: BacktestRequest, { days }: Panel): Pick<BacktestInput, 'from' | 'to'> {
  const placeOf = (isLater: (date: string) => boolean) => days.findIndex((day) => isLater(dateOfDayNumber(day)));
  const [first, end] = [
    from === undefined ? 0 : placeOf((date) => date >= from),
    to === undefined ? -1 : placeOf((date) => date > to),
  ];
  return { from: first < 0 ? days.length : first, to: end < 0 ? days.length : end };
}

/** 5-minute bars on shared memory: every thread reads the same. */
function shared(bars: IntradayColumns | undefined): IntradayColumns | undefined {
  return (
    bars && {
      times: onSharedMemory(bars.times),
      open: onSharedMemory(bars.open),
      high: onSharedMemory(bars.high),
      low: onSharedMemory(bars.low),
      close: onSharedMemory(bars.close),
      volume: onSharedMemory(bars.volume),
    }
  );
}

/** Indices that a strategy is held against: the first that there is. */
const indexNames: readonly IndexName[] = ['topix', 'nikkei225'];

async function readIndex(
  { indices }: Pick<Stores, 'indices'>,
  { days }: Panel,
  synthetic: boolean,
): Promise<BacktestInput['index']> {
  for (const name of indexNames) {
    const values = new Map<string, number>(
      (await indices.values({ name, synthetic })).map(({ date, value }) => [date, value]),
    );
    if (values.size > 0)
      return { name, closes: Float64Array.from(days, (day) => values.get(dateOfDayNumber(day)) ?? NaN) };
  }
  return undefined;
}

function hashOf(...parts: readonly (string | Float64Array | Uint8Array | undefined)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    if (typeof part === 'string') hash.update(part);
    else if (part !== undefined) hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    hash.update('|');
  }
  return hash.digest('hex');
}
