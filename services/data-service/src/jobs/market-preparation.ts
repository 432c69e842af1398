import { defineJob, type JobDefinition } from '@daytrade/jobs';
import type { DataServiceDependencies } from '../dependencies.ts';
import { updateIndices } from '../indices/update-indices.ts';
import { enqueueAfter, reportAgain } from '../report-again.ts';
import { keptSelection, selectFromStores } from '../selection.ts';
import { dailyBarsIn, updateBars } from './data-update.ts';

/**
 * Job `market-preparation`, before the open: newest bars, what the rest of the world did, the symbols of the day, and a
 * run that predicts them all.
 */
export function marketPreparationJob(dependencies: DataServiceDependencies): JobDefinition {
  const { stores, queue, clock } = dependencies;
  return defineJob('market-preparation', async ({ run, payload, signal, progress }) => {
    const update = await updateBars(dependencies, { signal, progress }, 0.8);
    await reportAgain(dependencies, run, dailyBarsIn(update));
    progress({ stage: 'reading index series', fraction: 0.85 });
    const indices = await updateIndices(dependencies, signal);
    progress({ stage: 'selecting symbols', fraction: 0.9 });
    const selection = await selectFromStores(stores, payload);
    if (selection.asOf !== null && selection.symbols.length > 0) {
      await stores.selections.save(keptSelection(selection, selection.asOf, new Date(clock.now()).toISOString()));
    }
    const prediction = await enqueueAfter(queue, run, 'prediction', run.key);
    return {
      update,
      indices,
      asOf: selection.asOf,
      selected: selection.symbols.map(({ symbol, name, score }) => ({ symbol, name, score })),
      turnover: selection.turnover,
      predictionRun: prediction?.id ?? null,
    };
  });
}
