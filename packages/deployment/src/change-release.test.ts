import { describe, expect, it } from 'vitest';
import { type Change, changeRelease } from './change-release.ts';
import { clusterForTest, holderForTest, machineOf } from './cluster.fixture.ts';
import { Lock } from './lock.ts';
import { readReleases } from './releases.ts';

const served = [{ revision: 1, status: 'deployed' }];
const upgrade = { files: [], set: [], options: [] };
const change = (more: Partial<Change> = {}): Change => {
  const usual = { who: 'first', what: 'deploy', why: '', takeOver: false, now: Date.now, onStep: () => undefined };
  return { ...usual, ...more };
};
const releases = (calls: readonly string[]) => calls.flatMap((call) => /^helm (?:upgrade|rollback)/.exec(call) ?? []);

describe('a change of what serves', () => {
  it('that does not prove itself goes back, by a helm that the lock names for whoever finds it', async () => {
    const { cluster, programs } = clusterForTest(served);
    programs.breaks = 'helm test';
    const { lock } = await Lock.acquire(cluster, holderForTest('first', 1), machineOf('first'), false);
    const changed = changeRelease(cluster, lock, change(), (it, onStart) => it.upgrade(upgrade, 60, onStart));
    await expect(changed).rejects.toMatchObject({ kind: 'failed', details: { serving: 1 } });
    expect(releases(programs.calls)).toEqual(['helm upgrade', 'helm rollback']);
    expect(programs.calls.some((call) => call.includes('"step\\":\\"go back\\",\\"program\\"'))).toBe(true);
    expect((await readReleases(cluster))[0]).toMatchObject({ outcome: 'rolled back' });
  });

  it('has had all requests at the latest when its helm was done, which may be between two looks', async () => {
    const { cluster } = clusterForTest(served);
    const { lock } = await Lock.acquire(cluster, holderForTest('first', 1), machineOf('first'), false);
    const times = [0, 1_000, 5_000];
    const watched = change({ image: 'day-trade:2', now: () => times.shift() ?? 9_000 });
    const record = changeRelease(cluster, lock, watched, (it, onStart) => it.upgrade(upgrade, 60, onStart));
    await expect(record).resolves.toMatchObject({ rolledOutSeconds: 4, trafficSeconds: 4 });
  });

  it('leaves everything to whoever took the environment over meanwhile', async () => {
    const { cluster, programs } = clusterForTest(served);
    programs.breaks = 'helm test';
    const { lock } = await Lock.acquire(cluster, holderForTest('first', 1), machineOf('first'), false);
    const changed = changeRelease(cluster, lock, change(), async (it, onStart) => {
      await it.upgrade(upgrade, 60, onStart);
      await Lock.acquire(cluster, holderForTest('second', 2), machineOf('second'), true);
    });
    await expect(changed).rejects.toThrow(/held by second .* takes nothing back/);
    expect(releases(programs.calls)).toEqual(['helm upgrade']);
  });

  it('touches no upgrade that may still run, unless somebody says that it was interrupted', async () => {
    const { cluster, programs } = clusterForTest([...served, { revision: 2, status: 'pending-upgrade' }]);
    const { lock } = await Lock.acquire(cluster, holderForTest('first', 1), machineOf('first'), false);
    const roll = (takeOver: boolean) =>
      changeRelease(cluster, lock, change({ takeOver }), (it, onStart) => it.upgrade(upgrade, 60, onStart));
    await expect(roll(false)).rejects.toThrow('revision 2 of day-trade-staging is under way (pending-upgrade)');
    expect(releases(programs.calls)).toEqual([]);
    await expect(roll(true)).resolves.toMatchObject({ outcome: 'serving', to: { revision: 4 } });
    expect(releases(programs.calls)).toEqual(['helm rollback', 'helm upgrade']);
  });
});
