import { expect, it } from 'vitest';
import { compareMemory } from './figures.ts';

it('the peak of several runs is that of the one which took most', () => {
  const found = compareMemory('an import', [{ peakMegabytes: 1_400 }, { peakMegabytes: 1_800 }]);
  expect(found).toMatchObject({
    figure: 120,
    verdict: 'missed',
    note: expect.stringMatching(/^1,800 MB,.* of 2$/),
  });
});
