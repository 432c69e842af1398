import { seededRandom } from '@daytrade/series';
import { expect, it } from 'vitest';
import { HarTrack } from './har-track.ts';

it('takes one quantile of all symbols, which days of results stretch and do not teach', () => {
  const random = seededRandom(3);
  const plain = new HarTrack(4);
  const knowing = new HarTrack(4);
  expect(plain.halfWidth(undefined)).toBe(Infinity);
  for (let t = 0; t < 300; t += 1) {
    const scores = Array.from({ length: 3 }, random);
    plain.observe(scores, [undefined, undefined, undefined]);
    knowing.observe([...scores, 3 * random()], [undefined, undefined, undefined, 'after-last']);
  }
  expect(plain.halfWidth(undefined)).toBeCloseTo(0.93, 1);
  expect(plain.halfWidth('after-last')).toBeCloseTo(2.6 * plain.halfWidth(undefined), 12);
  expect(knowing.halfWidth(undefined)).toBeCloseTo(plain.halfWidth(undefined), 1);
  expect(knowing.halfWidth('after-last')).toBeCloseTo(2.8, 0);
  const again = new HarTrack(4, undefined, knowing.state());
  expect(again.halfWidth('after-last')).toBe(knowing.halfWidth('after-last'));
});
