import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { keepLoading } from './keep-loading.ts';
import type { LoadResult } from './load-options.ts';

const options = { url: 'http://127.0.0.1:1', token: 'token' };
const resultOf = (seconds: number): LoadResult => ({
  startedAt: 1000 * seconds,
  seconds: Array.from({ length: seconds }, () => ({ latencies: [seconds], failures: {} })),
  reconnected: 1,
});

it('goes on where a stretch ends, and gives all of them as one', async () => {
  const stretches: ((result: LoadResult) => void)[] = [];
  const load = keepLoading(options, () => {
    const { promise, resolve } = Promise.withResolvers<LoadResult>();
    stretches.push(resolve);
    return {
      second: 2,
      result: promise,
      stop: () => {
        resolve(resultOf(2));
        return promise;
      },
    };
  });
  expect(load.second).toBe(2);
  stretches[0]?.(resultOf(5));
  await turn();
  expect(stretches).toHaveLength(2);
  expect(load.second).toBe(7);
  const { startedAt, seconds, reconnected } = await load.stop();
  expect(startedAt).toBe(5000);
  expect(seconds.map(({ latencies }) => latencies[0])).toEqual([5, 5, 5, 5, 5, 2, 2]);
  expect(reconnected).toBe(2);
  expect(stretches).toHaveLength(2);
});

it('reports a generator that failed to whoever stops it', async () => {
  const failed = Promise.reject<LoadResult>(new Error('the load generator ended with 1'));
  failed.catch(() => undefined);
  const load = keepLoading(options, () => ({ second: 0, result: failed, stop: () => failed }));
  await expect(load.stop()).rejects.toThrow('ended with 1');
});
