import { describe, expect, it } from 'vitest';
import { changeRelease } from '../change-release.ts';
import { clusterForTest, holderForTest, machineOf } from '../cluster.fixture.ts';
import { Lock } from '../lock.ts';
import { canaryRevision, servingRevision } from '../release-history.ts';
import { readReleases } from '../releases.ts';
import type { CanaryTrial, RunningCanary } from './run-canary-release.ts';

const served = [{ revision: 1, status: 'deployed', description: 'Install complete' }];
const gateway = 'canary.parents[0].name=inside';
const upgradeOf = (...more: readonly string[]) => ({ files: [], set: ['image.tag=2', ...more], options: [] });

/** Deploys with a canary, which goes through these weights and ends as it is judged. */
async function deploy(
  { cluster }: ReturnType<typeof clusterForTest>,
  judge: CanaryTrial['judge'],
  { steps = { stepWeight: 10, maxWeight: 50 }, set = [gateway] as readonly string[], takeOver = false } = {},
) {
  const upgrade = upgradeOf(...set);
  const canary: CanaryTrial = { upgrade, steps, waitSeconds: 60, judge };
  const { lock } = await Lock.acquire(cluster, holderForTest('first', 1), machineOf('first'), false);
  const said: string[] = [];
  const onStep = (step: string) => said.push(step);
  const change = { who: 'first', what: 'deploy', why: '', takeOver, now: Date.now, onStep, canary };
  try {
    const record = await changeRelease(cluster, lock, change, (it, onStart) => it.upgrade(upgrade, 60, onStart));
    return { record, said };
  } finally {
    await lock.release();
  }
}

const through =
  (action: 'promote' | 'roll-back', ...weights: readonly number[]): CanaryTrial['judge'] =>
  async ({ setWeight }: RunningCanary) => {
    for (const weight of weights) await setWeight(weight);
    const step = { weight: weights.at(-1) ?? 0, action, reason: '5.1 % of 600 requests failed' };
    return { action, reason: step.reason, intervals: weights.length, steps: [step] };
  };
/** What helm changed, with the values of the canary. */
const changes = (calls: readonly string[]) =>
  calls
    .filter((call) => /^helm (?:upgrade|rollback)/.test(call))
    .map(
      (call) =>
        /canary\.weight=(\d+),canary\.replicaCount=(\d+)/.exec(call)?.slice(1).join(' of ') ?? call.slice(0, 13),
    );

describe('a canary', () => {
  it('is installed without requests, gets its steps, and only then the version is rolled out and proven', async () => {
    const there = clusterForTest(served);
    const { record, said } = await deploy(there, through('promote', 10, 50));
    const { calls } = there.programs;
    expect(changes(calls)).toEqual(['helm upgrade ', '10 of 1', '50 of 2', 'helm upgrade ']);
    const [first = '', step = '', , last = ''] = calls.filter((call) => call.startsWith('helm upgrade'));
    expect(first).toContain('image.repository=day-trade,image.tag=1,image.digest=');
    expect(first).toContain('canary.enabled=true,canary.image.tag=2,canary.image.digest=,canary.weight=0');
    expect(first).not.toContain('--no-hooks');
    expect(step).toMatch(/--reuse-values --no-hooks --description canary day-trade:2 at 10 %/);
    expect(last).not.toContain('canary.enabled=true');
    expect(said).toEqual([
      expect.stringContaining('canary day-trade:2: install'),
      'canary day-trade:2 at 10 %',
      'canary day-trade:2 at 50 %',
      'roll out',
      'prove',
      'promote',
    ]);
    expect(record).toMatchObject({ outcome: 'serving', to: { revision: 5 }, canary: { intervals: 2 } });
  });

  it('that is judged bad leads back to what served, and the history has the figures', async () => {
    const there = clusterForTest(served);
    const deployed = deploy(there, through('roll-back', 10, 20, 0));
    await expect(deployed).rejects.toMatchObject({ kind: 'failed', details: { serving: 1 } });
    await expect(deployed).rejects.toThrow('the canary day-trade:2 was judged bad: 5.1 % of 600 requests failed');
    expect(changes(there.programs.calls)).toEqual(['helm upgrade ', '10 of 1', '20 of 1', '0 of 1', 'helm rollback']);
    const waits = there.programs.calls.filter((call) => call.includes('canary.replicaCount'));
    expect(waits.map((call) => call.includes('--wait'))).toEqual([true, true, true, false]);
    const [record] = await readReleases(there.cluster);
    expect(record).toMatchObject({
      outcome: 'rolled back',
      from: { revision: 1 },
      canary: { steps: [{ action: 'roll-back' }] },
    });
  });

  it('that is judged bad is so also where helm cannot take its requests away, and the way back does it', async () => {
    const there = clusterForTest(served);
    const deployed = deploy(there, async (canary) => {
      await canary.setWeight(10);
      there.programs.breaks = 'helm upgrade';
      return await through('roll-back', 0)(canary);
    });
    await expect(deployed).rejects.toThrow('the canary day-trade:2 was judged bad: 5.1 % of 600 requests failed');
    expect(changes(there.programs.calls)).toEqual(['helm upgrade ', '10 of 1', '0 of 1', 'helm rollback']);
    const [record] = await readReleases(there.cluster);
    expect(record).toMatchObject({ outcome: 'rolled back', canary: { steps: [{ action: 'roll-back' }] } });
  });

  it('without a gateway has its share by pods, from that of the first pod on', async () => {
    const there = clusterForTest(served);
    let weights: unknown;
    await deploy(
      there,
      async (canary) => {
        weights = canary.plan;
        return await through('promote', 25, 50)(canary);
      },
      { set: [] },
    );
    expect(weights).toMatchObject({ by: 'replicas', pods: 3, stepWeight: 25, maxWeight: 50 });
    expect(changes(there.programs.calls)).toEqual(['helm upgrade ', '25 of 1', '50 of 3', 'helm upgrade ']);
    const few = clusterForTest(served);
    const tooFew = deploy(few, through('promote'), { set: [], steps: { stepWeight: 5, maxWeight: 20 } });
    await expect(tooFew).rejects.toThrow('one pod beside 3 gets 25 % of the requests, and 20 % is the most');
    expect(changes(few.programs.calls)).toEqual([]);
  });

  it('that was left is named by the history, does not count as a version, and is ended by the next deployment', async () => {
    const at = (revision: number, status: string, weight: string) => ({
      revision,
      status,
      description: `canary day-trade:2 at ${weight}`,
    });
    const left = [{ ...served[0]!, status: 'superseded' }, at(2, 'superseded', '0 %'), at(3, 'deployed', '10 %')];
    expect(canaryRevision(left)?.description).toBe('canary day-trade:2 at 10 %');
    expect(servingRevision(left)).toBe(1);
    const there = clusterForTest(left);
    const { record, said } = await deploy(there, through('promote', 50));
    expect(said[0]).toBe('end the canary day-trade:2 at 10 % that was left');
    expect(changes(there.programs.calls)).toEqual(['helm rollback', 'helm upgrade ', '50 of 2', 'helm upgrade ']);
    expect(there.programs.calls.find((call) => call.startsWith('helm rollback'))).toMatch(
      /^helm rollback day-trade-ml 1 /,
    );
    expect(record).toMatchObject({ from: { revision: 1 } });
  });

  it('whose step helm had not ended goes back to what served before it, and not to the canary', async () => {
    const canary = { revision: 2, status: 'deployed', description: 'canary day-trade:2 at 10 %' };
    const pending = { revision: 3, status: 'pending-upgrade', description: 'Preparing upgrade' };
    const there = clusterForTest([{ ...served[0]!, status: 'superseded' }, canary, pending]);
    const { record, said } = await deploy(there, through('promote', 50), { takeOver: true });
    expect(said[0]).toBe('revision 3 was interrupted (pending-upgrade): went back to revision 1');
    expect(changes(there.programs.calls)).toEqual(['helm rollback', 'helm upgrade ', '50 of 2', 'helm upgrade ']);
    expect(record).toMatchObject({ from: { revision: 4 }, outcome: 'serving' });
  });
});
