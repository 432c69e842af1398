import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { horizonAt, type InDayHorizon, japanDate, phaseAt } from '@daytrade/market';
import { activeSymbols } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';
import type { Publishers } from '../predictions/publish.ts';

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
    const isEvening = horizon === undefined || (await lacksNextClose(dependencies, now));
    const evening = isEvening ? await publishers.nextClose() : undefined;
    if (horizon !== undefined) progress({ stage: 'predicting', fraction: 0.5 });
    const today = horizon && (await publishers.inDay({ horizon }));
    const { session = null, modelVersion = null } = today ?? evening?.predictions[0] ?? {};
    const counts = [
      ['next-close', evening?.predictions.length ?? 0],
      [horizon ?? 'next-close', today?.predictions.length ?? 0],
    ] as const;
    const withoutForecast = Map.groupBy(today?.withoutForecast ?? [], ({ reason }) => reason);
    return {
      predictions: counts[0][1] + counts[1][1],
      added: (evening?.added ?? 0) + (today?.added ?? 0),
      leftOut: (evening ?? today)?.leftOut ?? [],
      session,
      modelVersion,
      horizons: counts.flatMap(([name, count]) => (count === 0 ? [] : [name])),
      withoutForecast: [...withoutForecast].map(([reason, symbols]) => ({ reason, symbols: symbols.length })),
    };
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
