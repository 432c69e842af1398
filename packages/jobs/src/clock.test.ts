import { expect, it, vi } from 'vitest';
import { isoInstant, sleep, within } from './clock.ts';
import { fakeClock, stopTimeAt } from './testing/fake-time.ts';

stopTimeAt('2026-11-24T00:00:00Z');

it('work that ends within the time is waited for, whether it succeeds or not, and its timer goes', async () => {
  expect(await within(fakeClock, Promise.resolve(7), 1_000)).toBe(true);
  expect(await within(fakeClock, Promise.reject(new Error('no')), 1_000)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

it('work that takes longer is left, at the limit and not before', async () => {
  const never = new Promise(() => {});
  const seen: boolean[] = [];
  void within(fakeClock, never, 1_000).then((inTime) => seen.push(inTime));
  await vi.advanceTimersByTimeAsync(999);
  expect(seen).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(seen).toEqual([false]);
});

it('an instant is ISO 8601 in UTC, and a sleep lasts as long as it says', async () => {
  const woken = vi.fn();
  void sleep(fakeClock, 2_000).then(woken);
  await vi.advanceTimersByTimeAsync(1_999);
  expect(woken).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(woken).toHaveBeenCalledOnce();
  expect(isoInstant(fakeClock.now())).toBe('2026-11-24T00:00:02.000Z');
});
