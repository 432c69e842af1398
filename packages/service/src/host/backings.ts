import { redisServer } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { InProcessQueue, type JobQueue, jobCatalogue, type Run } from '@daytrade/jobs';
import type { BullMqQueue } from '@daytrade/jobs/redis';
import { type OpenStoresOptions, openSharedStores, openStores, type SchemaState, type Stores } from '@daytrade/storage';
import type { EntraIdentity } from '../entra.ts';
import type { Freshness } from '../server/kept-answers.ts';
import type { Logger } from '../server/logging.ts';
import type { ReadinessCheck } from '../service.ts';
import type { OpenBacking } from './open-host.ts';
import { databaseOptions, objectsOptions, redisAddress } from './shared-settings.ts';

/** Stores and queue of a single process, in its state folder. */
export interface Embedded {
  readonly stores: Stores;
  readonly queue: InProcessQueue;
}

/**
 * Opens the state folder of the settings.
 *
 * @param options `onNewer` is called for a folder of a newer version, which can be used without its new parts;
 *   `onSetAside` is that of `openStores`, by default a log line
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
      onError: (error, run) =>
        logger.error({ err: error, runId: run?.id, job: run?.job }, 'a run could not be recorded'),
    });
    opening.defer(logRunEnds(queue, logger));
    return { stores, queue };
  };
}

/** Stores and queue that the processes of an installation share. */
export interface Shared {
  readonly stores: Stores;
  readonly queue: BullMqQueue;
}

const redisResource = 'https://redis.azure.com';
const storageResource = 'https://storage.azure.com';

/**
 * Opens the database, the objects and the queue of the settings. Neither database nor Redis needs to be there yet.
 *
 * @param identity signs in with `authentication=azure-entra` and to a container of blobs
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
    objects: objectsOptions(settings, () => identity.token(storageResource)),
    scratch: settings.DAYTRADE_STATE_DIR,
    onSetAside: (message) => logger.warn(message),
  });
  opening.defer(() => stores.close());
  // A single machine does not need the Redis client.
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

/** Logs the beginning of an attempt, with the ids of the run and of the request that asked for it. */
export function logRunStart(logger: Logger): (run: Run) => void {
  return (run) => logger.info(fieldsOf(run), `${run.job} began`);
}

/** Logs the end of each run that ends in this process. @returns a function that stops it */
export function logRunEnds(queue: Pick<JobQueue, 'onFinished'>, logger: Logger): () => void {
  return queue.onFinished((run) => {
    const { status, error, startedAt, finishedAt } = run;
    const seconds =
      startedAt === null || finishedAt === null ? null : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
    const fields = { ...fieldsOf(run), status, seconds };
    if (error === null) logger.info(fields, `${run.job} ended: ${status}`);
    else logger.warn({ ...fields, code: error.code }, `${run.job} ended: ${status}: ${error.message}`);
  });
}

function fieldsOf({ id, job, attempt, trigger, requestId }: Run) {
  return { runId: id, job, attempt, trigger, ...(requestId === null ? {} : { requestId }) };
}

/** Passes if the database answers and has at least the schema version of this program. A newer schema is compatible. */
export function databaseCheck(stores: Pick<Stores, 'schema'>): ReadinessCheck {
  return {
    name: 'database',
    check: async () => {
      const { needed, found } = await stores.schema();
      if (found >= needed) return;
      throw new DayTradeError(
        'service.unavailable',
        `its schema version is ${found} and this version needs ${needed}: run \`daytrade database migrate\``,
      );
    },
  };
}

/**
 * A single process knows every write. The time limit covers answers that depend on the clock, such as the end of a
 * session.
 */
const alone = { freshForMs: 30_000 } as const;

/** Several replicas share a database, and see the writes of others after this time at most. */
const besideOthers = { freshForMs: 1_000 } as const;

/** Returns the validity of cached answers from the stores. */
export function freshnessOf({ writes, alone: isAlone }: Pick<Stores, 'writes' | 'alone'>): Freshness {
  return { version: (tables) => writes.version(tables), ...(isAlone ? alone : besideOthers) };
}
