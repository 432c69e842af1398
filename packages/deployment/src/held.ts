import type { Cluster } from './cluster.ts';
import { type Holder, Lock, type Processes } from './lock.ts';
import { recordRelease } from './releases.ts';

/**
 * Holds an environment while something is changed. What a holder that is gone left unfinished is written down.
 * @param say hears from whom it was taken over
 * @throws DeploymentError `locked` naming who holds it
 */
export async function whileHeld<Result>(
  cluster: Cluster,
  holder: Holder,
  { processes, takeOver, say }: { processes: Processes; takeOver: boolean; say: (line: string) => void },
  use: (lock: Lock) => Promise<Result>,
): Promise<Result> {
  const { lock, from, ended } = await Lock.acquire(cluster, holder, processes, takeOver);
  try {
    if (from !== undefined) {
      const left = ended ? `; its ${from.program?.name} still ran and was ended` : '';
      const cause = `its process ${from.pid} on ${from.host} was gone at "${from.step}"${left}`;
      say(`taken over from ${from.who} (${from.what}): ${cause}`);
      const { who, what, since: at } = from;
      const unknown = { seconds: null, from: null, to: null, why: `taken over by ${holder.who}` };
      await recordRelease(cluster, { ...unknown, at, who, what, outcome: 'interrupted', cause });
    }
    return await use(lock);
  } finally {
    // What became of the change counts, not that.
    await lock.release().catch(({ message }: Error) => {
      say(`the lock of ${cluster.namespace} stays: ${message}; daytrade deploy unlock removes it`);
    });
  }
}
