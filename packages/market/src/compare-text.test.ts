import { expect, it } from 'vitest';
import { compareText } from './compare-text.ts';

it('orders texts by their characters, in no language', () => {
  expect(['z', 'Z', 'é', '2026-11-24', 'a', '9', '2026-01-05'].toSorted(compareText)).toEqual([
    '2026-01-05',
    '2026-11-24',
    '9',
    'Z',
    'a',
    'z',
    'é',
  ]);
  expect([compareText('a', 'b'), compareText('b', 'a'), compareText('a', 'a')]).toEqual([-1, 1, 0]);
});
