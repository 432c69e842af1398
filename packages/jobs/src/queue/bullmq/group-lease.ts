import type { Redis } from 'ioredis';

/** What one look at a lease gave. */
export type LeaseState = 'held' | 'busy' | 'lost' | 'cancelled';

export interface GroupLeaseOptions {
  readonly redis: Redis;
  readonly prefix: string;
  readonly group: string;
  /** Of this process, unique among all. */
  readonly worker: string;
  /** A lease that nobody renews for this long is over. */
  readonly leaseMs: number;
}

/**
 * The right to run a job of one concurrency group, which one worker of all has at a time. It is
 * renewed while the run goes on.
 *
 * A Redis that was restarted or emptied knows no leases although runs go on. So that their holders come back first,
 * none is given for half a lease after the memory of Redis begins.
 */
export class GroupLease {
  readonly #options: GroupLeaseOptions;

  constructor(options: GroupLeaseOptions) {
    this.#options = options;
  }

  /** `busy`: ask again later. */
  async take(run: string): Promise<LeaseState> {
    const { redis, prefix, leaseMs } = this.#options;
    const keys = [memoryKey(prefix), this.#key(), cancelKey(prefix, run)];
    return (await redis.eval(take, keys.length, ...keys, this.#holder(run), leaseMs, leaseMs / 2)) as LeaseState;
  }

  /** `lost`: another worker has it now. */
  async renew(run: string): Promise<LeaseState> {
    const { redis, prefix, leaseMs } = this.#options;
    return (await redis.eval(renew, 2, this.#key(), cancelKey(prefix, run), this.#holder(run), leaseMs)) as LeaseState;
  }

  async giveBack(run: string): Promise<void> {
    await this.#options.redis.eval(giveBack, 1, this.#key(), this.#holder(run));
  }

  #key(): string {
    const { prefix, group } = this.#options;
    return `${prefix}:lease:${group}`;
  }

  #holder(run: string): string {
    return `${this.#options.worker}/${run}`;
  }
}

/** Where it is written that somebody asked a run to stop. */
export function cancelKey(prefix: string, run: string): string {
  return `${prefix}:cancel:${run}`;
}

/**
 * Lets Redis know when its memory began, so that the time in which no lease is given is over when the first run comes.
 */
export async function noteMemory(redis: Redis, prefix: string): Promise<void> {
  await redis.eval(`${noteMemoryScript} return now`, 1, memoryKey(prefix));
}

function memoryKey(prefix: string): string {
  return `${prefix}:memory`;
}

/** The memory of Redis is as old as its process, or as this key: whichever is younger. */
const noteMemoryScript = `
local server = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') or 'unknown'
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('HGET', KEYS[1], 'server') ~= server then
  redis.call('HSET', KEYS[1], 'server', server, 'since', now)
end
`;

const take = `
${noteMemoryScript}
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= ARGV[1] then return 'busy' end
if now - redis.call('HGET', KEYS[1], 'since') < tonumber(ARGV[3]) then return 'busy' end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
if redis.call('EXISTS', KEYS[3]) == 1 then return 'cancelled' end
return 'held'
`;

const renew = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 'lost' end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
if redis.call('EXISTS', KEYS[2]) == 1 then return 'cancelled' end
return 'held'
`;

const giveBack = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`;
