import type { WorkOf } from '@daytrade/contracts';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { horizonAt, type InDayHorizon, japanDate, phaseAt } from '@daytrade/market';
import type { MlServiceDependencies } from '../dependencies.ts';
import type { InDayPublication } from '../in-day/publish-in-day.ts';
import type { Publication, Publishers } from '../predictions/publish.ts';
import { activeSymbols } from '../universe.ts';

type PredictionResult = WorkOf<'prediction'>;

/**
 * Job `prediction`: outside of market hours it publishes intervals for the next session; within them, for the close of
 * the day at the horizon of its due time. Before the open it publishes both. A session without intervals from the
 * evening gets them late.
 */
export function predictionJob(dependencies: MlServiceDependencies, publishers: Publishers): JobDefinition {
  return defineJob('prediction', async ({ run, progress }) => {
    progress({ stage: 'predicting', fraction: 0.1 });
    const now = dependencies.clock.now();
    const horizon = horizonOf(run.scheduledFor === null ? now : Date.parse(run.scheduledFor), now);
    const results: PredictionResult[] = [];
    if (horizon === undefined || (await lacksNextClose(dependencies, now))) {
      results.push(ofNextClose(await publishers.nextClose()));
    }
    if (horizon !== undefined) {
      progress({ stage: 'predicting', fraction: 0.5 });
      results.push(ofHorizon(horizon, await publishers.inDay({ horizon })));
    }
    return together(results);
  });
}

/** Returns the horizon of a due time while its session runs; undefined for a run that is caught up later. */
function horizonOf(due: number, now: number): InDayHorizon | undefined {
  return japanDate(due) === japanDate(now) && horizonAt(now) !== undefined ? horizonAt(due) : undefined;
}

/** Returns whether the next close is to be predicted: before the open, and for a session without intervals. */
async function lacksNextClose({ stores }: Pick<MlServiceDependencies, 'stores'>, at: number): Promise<boolean> {
  const { phase, session } = phaseAt(at);
  if (session === null || phase === 'before-open') return true;
  const { synthetic } = await activeSymbols(stores);
  return (await stores.predictions.forSession(session, synthetic)).length === 0;
}

function ofNextClose({ predictions, added, leftOut }: Publication): PredictionResult {
  const [first] = predictions;
  return {
    predictions: predictions.length,
    added,
    leftOut,
    session: first?.session ?? null,
    modelVersion: first?.modelVersion ?? null,
    horizons: predictions.length === 0 ? [] : ['next-close'],
  };
}

function ofHorizon(horizon: InDayHorizon, publication: InDayPublication): PredictionResult {
  const { predictions, added, leftOut, session, modelVersion, withoutForecast } = publication;
  const reasons = Map.groupBy(withoutForecast, ({ reason }) => reason);
  return {
    predictions: predictions.length,
    added,
    leftOut,
    session,
    modelVersion,
    horizons: predictions.length === 0 ? [] : [horizon],
    withoutForecast: [...reasons].map(([reason, symbols]) => ({ reason, symbols: symbols.length })),
  };
}

/** Merges the results of a run. */
function together(results: readonly PredictionResult[]): PredictionResult {
  const sum = (count: (result: PredictionResult) => number) =>
    results.reduce((total, result) => total + count(result), 0);
  return {
    predictions: sum(({ predictions }) => predictions),
    added: sum(({ added }) => added),
    leftOut: results[0]?.leftOut ?? [],
    session: results.at(-1)?.session ?? null,
    modelVersion: results.at(-1)?.modelVersion ?? null,
    horizons: results.flatMap(({ horizons = [] }) => horizons),
    withoutForecast: results.flatMap(({ withoutForecast = [] }) => withoutForecast),
  };
}
