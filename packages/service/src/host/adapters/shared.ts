import { redisServer } from '@daytrade/contracts';
import { jobCatalogue } from '@daytrade/jobs';
import type { BullMqQueue } from '@daytrade/jobs/redis';
import { openSharedStores, type Stores } from '@daytrade/storage';
import type { EntraIdentity } from '../../entra/index.ts';
import type { OpenBacking } from '../parts.ts';
import { logRunEnds, logRunStart } from '../run-log.ts';
import { databaseOptions, objectsOptions, redisAddress } from './shared-settings.ts';

/** What the processes of an installation share: one database with its objects, and one queue. */
export interface Shared {
  readonly stores: Stores;
  readonly queue: BullMqQueue;
}

/** Redis in Azure, as Entra knows it. */
const redisResource = 'https://redis.azure.com';
/** Blobs, likewise. */
const storageResource = 'https://storage.azure.com';

/**
 * Opens the database, the objects and the queue of the settings. Neither database nor Redis needs to be there yet.
 *
 * @param identity which Azure gives the process, for `authentication=azure-entra` and for a container of blobs
 * @throws DayTradeError `settings.invalid`
 */
export async function openShared(
  { settings, clock, random, logger, works }: Parameters<OpenBacking<Shared>>[0],
  opening: AsyncDisposableStack,
  identity: EntraIdentity,
): Promise<Shared> {
  const redis = await redisAddress(settings, async () => {
    const { token, expiresAt } = await identity.token(redisResource);
    return { password: token, livesMs: expiresAt - clock.now() };
  });
  const stores = await openSharedStores({
    database: databaseOptions(settings, identity),
    objects: objectsOptions(settings, async () => (await identity.token(storageResource)).token),
    scratch: settings.DAYTRADE_STATE_DIR,
    now: () => clock.now(),
    onSetAside: (message) => logger.warn(message),
  });
  opening.defer(() => stores.close());
  // On one machine nobody needs the client of Redis.
  const { BullMqQueue } = await import('@daytrade/jobs/redis');
  const queue = new BullMqQueue({
    ledger: stores.runs,
    jobs: Object.values(jobCatalogue),
    redis,
    prefix: redisServer(settings.DAYTRADE_REDIS_URL ?? '').prefix,
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
}
