import { describe, expect, it } from 'vitest';
import type { ReleaseRecord } from './releases.ts';
import { returnable } from './versions.ts';

const revision = (number: number, status: string) => ({ revision: number, status });
const record = (to: number, outcome: ReleaseRecord['outcome']): ReleaseRecord => ({
  at: `2026-11-02T00:00:0${to}Z`,
  seconds: 1,
  who: 'a@b',
  what: 'deploy',
  why: '',
  from: null,
  to: { revision: to, image: 'day-trade:1' },
  outcome,
});

describe('the versions to go back to', () => {
  it('are the last five that served, without the one that does', () => {
    const history = [1, 2, 3, 4, 5, 6, 7].map((number) => revision(number, 'superseded'));
    expect(returnable([...history, revision(8, 'deployed')], [])).toEqual([7, 6, 5, 4, 3]);
  });

  it('leave out what helm never finished, and what was rolled out and then found wanting', () => {
    const history = [
      revision(1, 'superseded'),
      revision(2, 'failed'),
      revision(3, 'superseded'),
      revision(4, 'deployed'),
    ];
    expect(returnable(history, [record(3, 'rolled back'), record(1, 'serving')])).toEqual([1]);
  });

  it('leave out the steps of canaries, and ways back to them', () => {
    const canary = (number: number, description: string) => ({ ...revision(number, 'superseded'), description });
    const steps = [canary(2, 'canary day-trade:2 at 0 %'), canary(3, 'canary day-trade:2 at 10 %')];
    const history = [revision(1, 'superseded'), ...steps, canary(4, 'Rollback to 3'), revision(5, 'deployed')];
    expect(returnable(history, [])).toEqual([1]);
  });

  it('are different ones: what a way back made anew is neither an earlier version nor a further one', () => {
    const back = (number: number, to: number, status = 'superseded') => ({
      ...revision(number, status),
      description: `Rollback to ${to}`,
    });
    // 3 failed, so that the content of 2 serves again, as 4.
    const failed = [revision(1, 'superseded'), revision(2, 'superseded'), revision(3, 'failed')];
    expect(returnable([...failed, back(4, 2, 'deployed')], [])).toEqual([1]);
    // Back to 1 and on to 7: 2 was served three times, and after it 1.
    const often = [back(4, 2), back(5, 4), back(6, 1), revision(7, 'deployed')];
    expect(returnable([...failed, ...often], [])).toEqual([1, 2]);
  });
});
