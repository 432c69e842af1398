import { describe, expect, it } from 'vitest';
import { clusterForTest } from './cluster.fixture.ts';
import { type ReleaseRecord, readReleases, recordRelease } from './releases.ts';

const record = (day: number, more: Partial<ReleaseRecord> = {}): ReleaseRecord => ({
  at: new Date(Date.UTC(2026, 0, day)).toISOString(),
  seconds: 1,
  who: 'first',
  what: 'deploy',
  why: '',
  from: null,
  to: null,
  outcome: 'serving',
  ...more,
});

describe('the history of an environment', () => {
  it('is read with the newest first, and has no part in the arguments of a process', async () => {
    const { cluster, programs } = clusterForTest();
    await recordRelease(cluster, record(1));
    await recordRelease(cluster, record(2, { outcome: 'failed', cause: 'a line of a log' }));
    expect((await readReleases(cluster)).map(({ outcome }) => outcome)).toEqual(['failed', 'serving']);
    expect(programs.calls.join('\n')).not.toContain('a line of a log');
  });

  it('never grows beyond what a ConfigMap holds, and loses the oldest first', async () => {
    const { cluster } = clusterForTest();
    const why = '理'.repeat(100_000);
    for (const day of [1, 2, 3, 4]) await recordRelease(cluster, record(day, { why }));
    const days = (await readReleases(cluster)).map(({ at }) => new Date(at).getUTCDate());
    expect(days).toEqual([4, 3]);
  });
});
