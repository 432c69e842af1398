import { noiseData, usualSettings } from '@daytrade/trading/testing';
import { expect, it } from 'vitest';
import { backtest } from './compute.worker.ts';

const sessions = 340;

it('gives the same bytes on any number of threads', { tags: ['long'], timeout: 120_000 }, async () => {
  const data = noiseData({ symbols: 6, sessions, seed: 4 });
  const reportBy = async (workers: number) =>
    JSON.stringify(
      await backtest(
        {
          data,
          strategy: 'ranking',
          parameters: {},
          choose: true,
          settings: usualSettings,
          from: 0,
          to: sessions,
          seed: 1,
          conditions: 'of the test',
          earlierTrials: new Map(),
          workers,
        },
        { progress: () => undefined, transfer: (value) => value },
      ),
    );
  const one = await reportBy(1);
  expect(JSON.parse(one)).toMatchObject({ chosen: true });
  // As many as there are sets of parameters: more would have nothing to do.
  expect(await reportBy(3)).toBe(one);
});
