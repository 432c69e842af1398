import { defineJob, type JobDefinition } from '@daytrade/jobs';
import type { Publisher } from '../predictions/publisher.ts';

/** Job `prediction`: publishes the intervals for the next session, every 15 minutes in market hours by default. */
export function predictionJob(publish: Publisher): JobDefinition {
  return defineJob('prediction', async ({ progress }) => {
    progress({ stage: 'predicting', fraction: 0.1 });
    const { predictions, added, leftOut } = await publish();
    const [first] = predictions;
    return {
      predictions: predictions.length,
      added,
      leftOut,
      session: first?.session ?? null,
      modelVersion: first?.modelVersion ?? null,
    };
  });
}
