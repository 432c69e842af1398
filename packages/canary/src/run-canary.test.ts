import { describe, expect, it } from 'vitest';
import { usualCanary } from './canary-settings.ts';
import { interval, traffic } from './interval.fixture.ts';
import { judgeCanary } from './judge-canary.ts';
import { runCanary } from './run-canary.ts';

/** A release on a clock that only counts, whose canary is as `measure` says. */
function release(measure: (weight: number, at: number) => ReturnType<typeof interval>) {
  const weights: number[] = [];
  let seconds = 0;
  const run = (maxIntervals?: number) =>
    runCanary(
      {
        clock: {
          sleep: async (more) => {
            seconds += more;
          },
        },
        measure: async (weight) => measure(weight, seconds),
        setWeight: async (weight) => {
          weights.push(weight);
        },
        judge: (history) => judgeCanary(history, usualCanary),
      },
      usualCanary,
      maxIntervals,
    );
  return { weights, run };
}

describe('a release', () => {
  it('goes through its steps and keeps the last weight until its caller has promoted', async () => {
    const { weights, run } = release((weight) => interval({ weight }));
    const { action, history } = await run();
    expect(action).toBe('promote');
    expect(weights).toEqual([10, 20, 30, 40, 50]);
    expect(history).toHaveLength(5);
  });

  it('takes the weight away from a version that turns bad', async () => {
    const { weights, run } = release((weight, at) =>
      interval({ weight, canary: traffic(1_000, { failed: at > 600 ? 0.5 : 0 }) }),
    );
    expect(await run()).toMatchObject({ action: 'roll-back', reason: expect.stringContaining('500 of 1000') });
    expect(weights).toEqual([10, 20, 30, 0]);
  });

  it('takes it away when it cannot go on', async () => {
    const { weights, run } = release(() => {
      throw new Error('the stable version is not there');
    });
    await expect(run()).rejects.toThrow('the stable version is not there');
    expect(weights).toEqual([10, 0]);
  });

  it('ends by a rollback where nothing is ever decided', async () => {
    const { weights, run } = release((weight) => interval({ weight, canary: traffic(0) }));
    expect(await run(7)).toMatchObject({ action: 'roll-back', reason: 'no decision within 7 intervals' });
    expect(weights).toEqual([10, 0]);
  });
});
