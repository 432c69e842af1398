import { expect, it } from 'vitest';
import { withoutResults } from './symbols.ts';

it('names the symbols of which no source has days of results', () => {
  const list = { symbols: ['1803', '7203'].map((symbol) => ({ symbol })) } as never;
  expect(withoutResults(list, [])).toEqual([]);
  expect(withoutResults(list, ['1803'])[0]).toMatch(/^No source has days of results of 1803: see daytrade import/);
  expect(withoutResults(list, ['1803', '7203'])[0]).toMatch(/^No source has days of results of any symbol: /);
});
