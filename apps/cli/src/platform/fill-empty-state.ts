import {
  modelListSchema,
  predictionListSchema,
  type Run,
  runAcceptedSchema,
  symbolListSchema,
} from '@daytrade/contracts';
import type { CommandContext } from '../command-context.ts';
import { watchRun } from '../watch-run.ts';
import type { Connection } from './connection.ts';
import type { StepLog } from './step-log.ts';

/**
 * Makes the first start worth looking at: on an empty state folder synthetic bars, a model and predictions. Each step is left
 * out when what it makes is there already, so a start that was cut off goes on where it stopped.
 */
export async function fillEmptyState(
  context: CommandContext,
  connection: Connection,
  log: StepLog,
  options: { readonly synthetic: boolean },
): Promise<void> {
  const follow = async (title: string, start: () => Promise<{ run: Run }>) =>
    log.step(title, async () => watchRun(context, connection, (await start()).run, title));
  const symbols = await connection.data.get('/v1/symbols', symbolListSchema);
  if (symbols.symbols.length === 0) {
    if (!options.synthetic) return;
    await follow('make synthetic bars', () =>
      connection.data.post('/v1/fetches', runAcceptedSchema, { body: firstBars }),
    );
  }
  const models = await connection.ml.get('/v1/models', modelListSchema);
  if (models.models.length === 0) {
    await follow('train', () => connection.ml.post('/v1/trainings', runAcceptedSchema, { body: {} }));
  }
  const latest = await connection.ml.get('/v1/predictions/latest', predictionListSchema);
  if (latest.predictions.length > 0 || (models.live === null && models.models.length > 0)) return;
  await log.step('predict', () => connection.ml.post('/v1/predictions', predictionListSchema, { body: {} }));
}

/** Enough sessions for the 250-session window of the objective, few enough to train on in seconds. */
const firstBars = { provider: 'synthetic', symbols: 40, from: '2023-01-04' };
