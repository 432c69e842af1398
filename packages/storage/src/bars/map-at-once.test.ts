import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { mapAtOnce } from './map-at-once.ts';

it('keeps the order of the items and works on a limited number at a time', async () => {
  let running = 0;
  let most = 0;
  const results = await mapAtOnce([5, 1, 4, 2, 3, 0], 3, async (turns) => {
    running += 1;
    most = Math.max(most, running);
    for (let i = 0; i < turns; i += 1) await turn();
    running -= 1;
    return turns * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30, 0]);
  expect(most).toBe(3);
});

it('begins nothing more after a failure, and throws it', async () => {
  const begun: number[] = [];
  const failing = mapAtOnce([0, 1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    await turn();
    if (item === 1) throw new Error('one');
    return item;
  });
  await expect(failing).rejects.toThrow('one');
  expect(begun.length).toBeLessThan(5);
});
