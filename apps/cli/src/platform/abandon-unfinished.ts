import type { Stores } from '@daytrade/storage';

/**
 * Ends the runs that a process left behind when it died, so that a command neither continues work that nobody asked it
 * for nor waits for work that nobody does. (`daytrade up` takes such runs up again.)
 */
export async function abandonUnfinished(stores: Stores, now: number): Promise<void> {
  for (const run of await stores.runs.unfinished()) {
    await stores.runs.update(run, {
      status: 'failed',
      finishedAt: new Date(now).toISOString(),
      error: {
        code: 'run.failed',
        message: 'the process that ran it ended before it was done; run it again, finished work is kept',
        details: {},
      },
    });
  }
}
