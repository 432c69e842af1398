import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';

/** Entries of a list that are looked at in one round; more come in the next. */
const mostLookedAt = 1_000;

/** What BullMQ keeps under the name of a queue beside its entries, and as what. */
const lists = { wait: 'list', active: 'list', paused: 'list', delayed: 'zset', prioritized: 'zset' } as const;
const others = {
  meta: 'hash',
  marker: 'zset',
  stalled: 'set',
  completed: 'zset',
  failed: 'zset',
  id: 'string',
} as const;

/**
 * Takes what something else wrote out of a queue in Redis: entries that BullMQ cannot read, and keys that are not of
 * the kind it expects. Each of them would keep the whole group from working. Nothing is lost, since the ledger has
 * every run.
 *
 * @param removed gets a description of each
 */
export async function removeForeignEntries(redis: Redis, queue: Queue, removed: (what: string) => void): Promise<void> {
  for (const [name, kind] of Object.entries({ ...lists, ...others })) {
    const key = queue.toKey(name);
    const type = await redis.type(key);
    if (type === kind || type === 'none') continue;
    await redis.del(key);
    removed(`${key}, a ${type},`);
  }
  for (const id of await idsOf(redis, queue)) {
    if (!(await isReadable(queue, id)) && (await remove(redis, queue, id))) removed(queue.toKey(id));
  }
}

async function idsOf(redis: Redis, queue: Queue): Promise<ReadonlySet<string>> {
  const ids = Object.entries(lists).map(([name, kind]) =>
    kind === 'list'
      ? redis.lrange(queue.toKey(name), 0, mostLookedAt - 1)
      : redis.zrange(queue.toKey(name), 0, String(mostLookedAt - 1)),
  );
  return new Set((await Promise.all(ids)).flat());
}

/** BullMQ itself reads it. An error that is not the fault of the entry is thrown on: then Redis is away. */
async function isReadable(queue: Queue, id: string): Promise<boolean> {
  try {
    return (await queue.getJob(id)) !== undefined;
  } catch (error) {
    const isForeign = error instanceof SyntaxError || (error instanceof Error && error.message.startsWith('WRONGTYPE'));
    if (!isForeign) throw error;
    return false;
  }
}

/** False for an entry that was in no list any more: it was worked on meanwhile. */
async function remove(redis: Redis, queue: Queue, id: string): Promise<boolean> {
  const changes = redis.multi();
  for (const [name, kind] of Object.entries(lists)) {
    if (kind === 'list') changes.lrem(queue.toKey(name), 0, id);
    else changes.zrem(queue.toKey(name), id);
  }
  const listed = (await changes.exec())?.some(([, count]) => Number(count) > 0) === true;
  if (listed) await redis.del(queue.toKey(id), `${queue.toKey(id)}:lock`);
  return listed;
}
