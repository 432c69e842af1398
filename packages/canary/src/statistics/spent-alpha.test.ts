import { expect, it } from 'vitest';
import { spentAlpha } from './spent-alpha.ts';

it('spends no more than the total over any number of looks', () => {
  let spent = 0;
  for (let look = 1; look <= 1_000; look += 1) spent += spentAlpha(0.005, look);
  expect(spent).toBeCloseTo(0.005 * (1 - 1 / 1_001), 12);
});
