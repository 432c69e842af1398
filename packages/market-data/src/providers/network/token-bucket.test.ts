import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { jquantsPlans } from '../jquants/plans.ts';
import { TokenBucket } from './token-bucket.ts';

const instant = '2025-06-02T00:00:00Z';

/** The most requests in any minute, wherever it begins. */
function mostInAMinute(times: readonly number[]): number {
  let from = 0;
  let most = 0;
  for (const [index, time] of times.entries()) {
    while (times[from]! <= time - 60_000) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

describe('the token bucket', () => {
  it.each(Object.entries(jquantsPlans))(
    'of the plan %s is never exceeded over 10,000 requests',
    async (_, { requestsPerMinute }) => {
      const clock = new SimulatedClock(instant);
      const bucket = new TokenBucket(requestsPerMinute, clock);
      const times: number[] = [];
      let seed = 7;
      let rested = 0;
      for (let request = 0; request < 10_000; request += 1) {
        await bucket.take();
        times.push(clock.now());
        // Bursts, steady paces and rests in turn.
        seed = (seed * 48_271) % 2_147_483_647;
        const rest = request % 700 === 0 ? seed % 90_000 : 0;
        rested += rest;
        await clock.pause(rest + (seed % (1 + (request % 3) * Math.round(60_000 / requestsPerMinute))));
      }
      expect(mostInAMinute(times)).toBe(requestsPerMinute);
      // Nor is it slower than it has to be: a full bucket at the start, then the limit a minute.
      const shortest = (10_000 / requestsPerMinute - 1) * 60_000;
      expect((times.at(-1)! - times[0]! - rested) / shortest).toBeLessThan(1.15);
    },
  );

  it('leaves room for what another process may have asked just before', async () => {
    const clock = new SimulatedClock(instant);
    const bucket = new TokenBucket(60, clock, 1);
    for (let request = 0; request < 59; request += 1) await bucket.take();
    expect(clock.now()).toBe(Date.parse(instant));
    await bucket.take();
    expect(clock.now() - Date.parse(instant)).toBeGreaterThanOrEqual(60_000);
  });

  it('gives none while it is closed', async () => {
    const clock = new SimulatedClock(instant);
    const bucket = new TokenBucket(5, clock);
    bucket.close(300_000);
    bucket.close(1_000);
    await bucket.take();
    expect(clock.now() - Date.parse(instant)).toBe(300_000);
  });

  it('takes no token for a wait that was called off', async () => {
    const clock = new SimulatedClock(instant);
    const bucket = new TokenBucket(1, clock);
    await bucket.take();
    await expect(bucket.take(AbortSignal.abort(new Error('called off')))).rejects.toThrow('called off');
    await bucket.take();
    expect(clock.now() - Date.parse(instant)).toBe(60_500);
  });
});
