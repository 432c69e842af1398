import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { lastClosedSession } from '@daytrade/market';
import type { MlServiceDependencies } from '../dependencies.ts';
import { judge, judgeLive, readCloses } from '../predictions/judge.ts';
import { activeSymbols } from '../universe.ts';

/**
 * Job `report`, after the close: what the intervals that were published for the session did. The result stands in the
 * run.
 */
export function reportJob({ stores, clock }: MlServiceDependencies): JobDefinition {
  return defineJob('report', async ({ progress }) => {
    progress({ stage: 'judging', fraction: 0.1 });
    const session = lastClosedSession(clock.now());
    const { synthetic } = await activeSymbols(stores);
    const published = await stores.predictions.forSession(session, synthetic);
    const closes = await readCloses(stores, published);
    const outcomes = published.map((prediction) => ({
      symbol: prediction.symbol,
      ...judge(prediction, closes(prediction) ?? null),
    }));
    const judged = outcomes.filter((outcome) => outcome.close !== null);
    // What a crash left is looked for once a day.
    await stores.removeOrphans(clock.now());
    return {
      session,
      published: published.length,
      judged: judged.length,
      inside: judged.filter((outcome) => outcome.inside).length,
      outside: judged.filter((outcome) => !outcome.inside).map((outcome) => outcome.symbol),
      live: await judgeLive(stores, synthetic),
    };
  });
}
