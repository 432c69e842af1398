import { InProcessQueue } from '@daytrade/jobs';
import { type OpenStoresOptions, openStores, type SchemaState, type Stores } from '@daytrade/storage';
import type { OpenBacking } from '../parts.ts';
import { logRunEnds, logRunStart } from '../run-log.ts';

/** The state folder of this process alone, and the queue that works in it. */
export interface Embedded {
  readonly stores: Stores;
  readonly queue: InProcessQueue;
}

/**
 * Opens the state folder of the settings.
 *
 * @param options `onNewer` is called for a folder that a newer version wrote. Migrations only add, so it can be used;
 *   but what is new in it stays unused. `onSetAside` as `openStores` has it; where left out, it is logged
 * @throws DayTradeError `state.locked` naming the pid that holds the folder; `state.unwritable`, `state.damaged`
 */
export function embedded({
  onNewer,
  ...options
}: Pick<OpenStoresOptions, 'purpose' | 'onSetAside'> & {
  readonly onNewer: (schema: SchemaState) => void;
}): OpenBacking<Embedded> {
  return async ({ settings, clock, random, logger }, opening) => {
    const stores = await openStores({
      onSetAside: (message) => logger.warn(message),
      ...options,
      folder: settings.DAYTRADE_STATE_DIR,
      now: () => clock.now(),
    });
    opening.defer(() => stores.close());
    const schema = await stores.schema();
    if (schema.found > schema.needed) onNewer(schema);
    const queue = new InProcessQueue({
      ledger: stores.runs,
      clock,
      random,
      concurrency: 4,
      onStarted: logRunStart(logger),
      onError: (error, run) => logger.error({ err: error, runId: run.id, job: run.job }, 'a run could not be recorded'),
    });
    opening.defer(logRunEnds(queue, logger));
    return { stores, queue };
  };
}
