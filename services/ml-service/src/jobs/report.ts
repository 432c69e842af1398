import type { JobDefinition } from '@daytrade/jobs';
import { lastClosedSession } from '@daytrade/market';
import { activeUniverse } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';
import { judge, judgeLive, readCloses } from '../predictions/judge.ts';

/** Job `report`, after the close: what the intervals that were published for the session did. The result stands in the run. */
export function reportJob({ stores, clock }: MlServiceDependencies): JobDefinition {
  return {
    name: 'report',
    description: 'Judges the intervals that were published for the newest closed session',
    timeoutSeconds: 300,
    maxAttempts: 3,
    backoffSeconds: 10,
    concurrencyGroup: 'predictions',
    handler: async ({ progress }) => {
      progress({ stage: 'judging', fraction: 0.1 });
      const session = lastClosedSession(clock.now());
      const published = await stores.predictions.forSession(session);
      const outcomes = await Promise.all(
        published.map(async (prediction) => ({
          symbol: prediction.symbol,
          ...judge(prediction, await readCloses(stores, prediction.symbol, session)),
        })),
      );
      const judged = outcomes.filter((outcome) => outcome.close !== null);
      const symbols = activeUniverse(await stores.symbols.list()).map((record) => record.symbol);
      return {
        session,
        published: published.length,
        judged: judged.length,
        inside: judged.filter((outcome) => outcome.inside).length,
        outside: judged.filter((outcome) => !outcome.inside).map((outcome) => outcome.symbol),
        live: await judgeLive(stores, symbols),
      };
    },
  };
}
