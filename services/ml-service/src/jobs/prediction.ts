import type { WorkOf } from '@daytrade/contracts';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { horizonAt, type InDayHorizon, japanDate, phaseAt } from '@daytrade/market';
import type { MlServiceDependencies } from '../dependencies.ts';
import type { InDayPublication } from '../in-day/publish-in-day.ts';
import type { Publication, Publishers } from '../predictions/publish.ts';
import { activeSymbols } from '../universe.ts';

type PredictionResult = WorkOf<'prediction'>;

/**
 * Job `prediction`: outside of market hours the intervals for the next session, within them where the close of the day
 * lies, of the horizon of its due time. Before the open both: 08:30 is a time of the day, and the next close is that of
 * the day. A session that nobody predicted in the evening has its intervals late, within it.
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

/** The horizon of a due time while its session goes on; undefined for one that is made up for after it. */
function horizonOf(due: number, now: number): InDayHorizon | undefined {
  return japanDate(due) === japanDate(now) && horizonAt(now) !== undefined ? horizonAt(due) : undefined;
}

/** Whether the session of an instant is before its open, or has no intervals of the evening. */
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

/** What a run that published one thing or two reports. */
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
