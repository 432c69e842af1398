import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Run } from '../../run.ts';
import { removeForeignEntries } from './foreign-entries.ts';

/** The name of a group's queue in Redis. */
export function queueNameOf(group: string): string {
  return `group-${group}`;
}

/** The queues in Redis, one a concurrency group. An entry is the id of a run and its job's name, nothing else. */
export class GroupQueues {
  readonly #queues = new Map<string, Queue>();
  readonly #connection: Redis;
  readonly #prefix: string;

  constructor(connection: Redis, prefix: string) {
    this.#connection = connection;
    this.#prefix = prefix;
  }

  /** Does nothing for a run that is queued already. */
  async add(group: string, run: Pick<Run, 'id' | 'job'>): Promise<void> {
    await this.#queue(group).add(run.job, {}, { jobId: run.id, removeOnComplete: true, removeOnFail: true });
  }

  /** Forgets a run that is not being worked on. */
  async remove(group: string, id: string): Promise<void> {
    await this.#queue(group).remove(id);
  }

  /** One entry at a time over all workers; kept in Redis, so said again after it lost its memory. */
  async limit(group: string): Promise<void> {
    await this.#queue(group).setGlobalConcurrency(1);
  }

  /** Takes out what no queue wrote. @param removed gets a description of each */
  async removeForeign(group: string, removed: (what: string) => void): Promise<void> {
    await removeForeignEntries(this.#connection, this.#queue(group), removed);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  #queue(group: string): Queue {
    const known = this.#queues.get(group);
    if (known !== undefined) return known;
    const queue = new Queue(queueNameOf(group), { connection: this.#connection, prefix: this.#prefix });
    // The caller gets what goes wrong, and the connection reports it.
    queue.on('error', () => undefined);
    this.#queues.set(group, queue);
    return queue;
  }
}
