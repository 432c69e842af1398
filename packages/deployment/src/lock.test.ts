import { describe, expect, it } from 'vitest';
import { clusterForTest, holderForTest, machineOf } from './cluster.fixture.ts';
import { whileHeld } from './held.ts';
import { findLock, Lock } from './lock.ts';

const first = holderForTest('first', 1);
const second = holderForTest('second', 2);
const third = holderForTest('third', 3);

describe('an environment', () => {
  it('is one deployment’s at a time, and free after it', async () => {
    const { cluster } = clusterForTest();
    const { lock } = await Lock.acquire(cluster, first, machineOf('first'), false);
    const refused = Lock.acquire(cluster, second, machineOf('second'), false);
    await expect(refused).rejects.toThrow('held by first');
    await lock.note('prove');
    expect((await findLock(cluster, machineOf('second')))?.holder.step).toBe('prove');
    await lock.release();
    expect(await findLock(cluster, machineOf('second'))).toBeUndefined();
  });

  it('that was taken over from one that still ran is not written to, nor freed, by it any more', async () => {
    const { cluster } = clusterForTest();
    const { lock: lost } = await Lock.acquire(cluster, first, machineOf('first'), false);
    await Lock.acquire(cluster, second, machineOf('second'), true);
    await expect(lost.note('go back')).rejects.toMatchObject({ kind: 'locked' });
    await lost.release();
    const held = await findLock(cluster, machineOf('third'));
    expect(held?.holder).toEqual(second);
    await expect(Lock.acquire(cluster, third, machineOf('third'), false)).rejects.toThrow('held by second');
  });

  it('notes what it comes to in its order, also where nobody waits for one', async () => {
    const { cluster } = clusterForTest();
    const { lock } = await Lock.acquire(cluster, first, machineOf('first'), false);
    const program = { pid: 7, name: 'helm' };
    const begun = lock.note('roll out', program);
    await lock.note('prove');
    await begun;
    const { holder } = (await findLock(cluster, machineOf('second'))) ?? {};
    expect([holder?.step, holder?.program]).toEqual(['prove', undefined]);
  });
});

it('a lock that cannot be given back does not hide what became of the deployment', async () => {
  const { cluster, programs } = clusterForTest();
  const said: string[] = [];
  const held = { processes: machineOf('first'), takeOver: false, say: (line: string) => said.push(line) };
  const use = async () => {
    programs.breaks = 'kubectl delete';
    return 'serves';
  };
  await expect(whileHeld(cluster, first, held, use)).resolves.toBe('serves');
  expect(said[0]).toMatch(/the lock of day-trade-staging stays: .*daytrade deploy unlock removes it/s);
});
