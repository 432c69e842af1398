import type { Run } from '@daytrade/contracts';
import { waitFor } from '../../support/command.ts';
import type { Installation } from '../releases/installation.ts';
import { untilReady } from '../releases/until-ready.ts';

/** A fetch of synthetic bars, from another day each time, so that it is never the same run. */
export const fetchOf = (from: string) => ({ provider: 'synthetic', symbols: 10, from });

/** How a run ended, in words. */
export const ended = ({ job, status, attempt, error }: Run): string =>
  `${job} ${status} at attempt ${attempt}${error ? `: ${error.message}` : ''}`;

/** Seconds until every pod is ready. */
export async function readyAfter(namespace: string): Promise<number> {
  const started = performance.now();
  await untilReady(namespace, 300);
  return (performance.now() - started) / 1000;
}

/** A training that a worker has begun. */
export async function runningTraining(installation: Installation, seed: number): Promise<Run> {
  const { id } = await installation.start('startTraining', { seed });
  return await waitFor(`training ${id} to run`, 120, async () => {
    const run = await installation.find(id);
    return run.status === 'running' && run;
  });
}
