import { defineJob, type JobDefinition, unfinishedStatuses } from '@daytrade/jobs';
import type { MlServiceDependencies } from '../dependencies.ts';
import { readNights } from '../in-day/overnight.ts';
import { PartStore } from '../parts/part-store.ts';
import { type PartTask, withinDayHash } from '../parts/part-task.ts';
import type { PartComputations } from '../parts/part-work.ts';
import { computePart } from '../parts/train-in-parts.ts';
import { readSessionPath } from '../session-path.ts';
import { readUniverse } from '../universe.ts';

/**
 * Job `training-part`: computes what a training of some process handed out. What it gives is an object that the
 * training reads. Where the bars are others here by now, or nobody waits any more, it declines.
 */
export function trainingPartJob({ stores, computations }: MlServiceDependencies): JobDefinition {
  const store = new PartStore(stores.objects);
  const job = defineJob('training-part', async ({ payload: { of, part }, signal, progress }) => {
    const started = performance.now();
    const end = (declined: string | null) => ({ part, seconds: (performance.now() - started) / 1000, declined });
    const training = await stores.runs.find(of);
    const task = await store.task(of, part);
    if (task === undefined || training === undefined || !unfinishedStatuses.includes(training.status)) {
      return end('its training is over');
    }
    if ((await store.result(of, part)) !== undefined) return end(null);
    progress({ stage: 'reading bars', fraction: 0 });
    const result = await computations.parts.use(
      task.panelHash,
      () => readUniverse(stores, task.symbols, task),
      async (held) => {
        if (held.data.hash !== task.panelHash) return undefined;
        progress({ stage: 'computing a part', fraction: 0.1 });
        return await computeFrom(held, task, signal);
      },
    );
    if (result === undefined) return end('the bars are others by now');
    signal.throwIfAborted();
    await store.putResult(of, part, result);
    return end(null);
  });
  return { ...job, sideBySide: computations.workers };

  /** Undefined where what is known within the day is not what the training had. */
  async function computeFrom(held: PartComputations, task: PartTask, signal: AbortSignal): Promise<unknown> {
    if (task.kind === 'fold') return await computePart(held, task, { signal });
    const path = await readSessionPath(stores, held.data.panel);
    const nights = await readNights(stores, held.data.panel, held.data.synthetic);
    return withinDayHash({ path, ...nights }) === task.withinDayHash
      ? await computePart(held, task, { path, ...nights, signal })
      : undefined;
  }
}
