import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { CoverageLevel, HarTrack } from './interval-tracks.ts';

describe('the level of all widths', () => {
  it('follows the share of symbols that missed: the hand-computed example', () => {
    const level = new CoverageLevel();
    expect(level.factor).toBe(1);
    level.observe(0, 60);
    expect(level.factor).toBeCloseTo(Math.exp(0.1 * 0.93), 12);
    level.observe(60, 60);
    expect(level.factor).toBeCloseTo(Math.exp(0.99 * 0.093 - 0.007), 12);
  });

  it.each([0.8, 1.2])('brings intervals that are %d times as wide as they should be close to 93 %', (wrong) => {
    const random = seededRandom(3);
    const level = new CoverageLevel();
    let inside = 0;
    for (let t = 0; t < 2000; t += 1) {
      // All symbols of a session share a part of their move, so that they miss together.
      const shared = normal(random);
      let hits = 0;
      for (let s = 0; s < 50; s += 1) {
        const move = Math.SQRT1_2 * (shared + normal(random));
        if (Math.abs(move) <= wrong * 1.8119 * level.factor) hits += 1;
      }
      level.observe(hits, 50);
      if (t >= 250) inside += hits;
    }
    const still = Math.abs(inside / (1750 * 50) - 0.93);
    const before = wrong < 1 ? 0.077 : 0.04;
    expect(still).toBeLessThan(before / 2);
  });
});

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

it('the yardstick takes one quantile of all symbols, which earnings dates stretch and do not teach', () => {
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
});
