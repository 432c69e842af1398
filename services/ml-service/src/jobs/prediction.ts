import type { JobDefinition } from '@daytrade/jobs';
import type { Publisher } from '../predictions/publisher.ts';

/** Job `prediction`: publishes the intervals for the next session, every 15 minutes in market hours by default. */
export function predictionJob(publish: Publisher): JobDefinition {
  return {
    name: 'prediction',
    description: 'Publishes the intervals of every symbol for the next session with the live model',
    timeoutSeconds: 300,
    maxAttempts: 3,
    backoffSeconds: 5,
    concurrencyGroup: 'predictions',
    handler: async ({ progress }) => {
      progress({ stage: 'predicting', fraction: 0.1 });
      const { predictions, added } = await publish();
      const [first] = predictions;
      return {
        predictions: predictions.length,
        added,
        session: first?.session ?? null,
        modelVersion: first?.modelVersion ?? null,
      };
    },
  };
}
