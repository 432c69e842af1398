import { BullMqQueue, jobCatalogue } from '@daytrade/jobs';
import { openSharedStores, type Stores } from '@daytrade/storage';
import type { OpenBacking } from '../parts.ts';
import { logRunEnds, logRunStart } from '../run-log.ts';
import { databaseOptions, objectsOptions, redisAddress } from './shared-settings.ts';

/** What the processes of an installation share: one database with its objects, and one queue. */
export interface Shared {
  readonly stores: Stores;
  readonly queue: BullMqQueue;
}

/**
 * Opens the database, the objects and the queue of the settings. Neither PostgreSQL nor Redis needs to be there yet.
 *
 * @throws DayTradeError `settings.invalid`
 */
export const openShared: OpenBacking<Shared> = async ({ settings, clock, random, logger, works }, opening) => {
  const redis = await redisAddress(settings);
  const stores = await openSharedStores({
    database: databaseOptions(settings),
    objects: objectsOptions(settings),
    scratch: settings.DAYTRADE_STATE_DIR,
    now: () => clock.now(),
  });
  opening.defer(() => stores.close());
  const queue = new BullMqQueue({
    ledger: stores.runs,
    jobs: Object.values(jobCatalogue),
    redis,
    prefix: settings.DAYTRADE_REDIS_PREFIX,
    works,
    clock,
    random,
    onStarted: logRunStart(logger),
    onError: (error, run) => logger.warn({ err: error, runId: run?.id, job: run?.job }, 'the queue met an error'),
    onConnection: (problem) => {
      if (problem === undefined) logger.info('Redis is reached');
      else logger.warn({ err: problem }, problem.message);
    },
  });
  opening.defer(logRunEnds(queue, logger));
  return { stores, queue };
};
