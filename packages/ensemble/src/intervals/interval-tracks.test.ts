import { parseSymbol } from '@daytrade/market';
import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { CoverageLevel, HarTrack, IntervalTracks } from './interval-tracks.ts';

describe('the level of all widths', () => {
  it('follows the share of symbols that missed: the hand-computed example', () => {
    const level = new CoverageLevel();
    expect(level.factor).toBe(1);
    level.observe(0, 60);
    expect(level.factor).toBeCloseTo(Math.exp(0.1 * 0.93), 12);
    level.observe(60, 60);
    expect(level.factor).toBeCloseTo(Math.exp(0.99 * 0.093 - 0.007), 12);
  });

  it('stays as it is after a session without an outcome, and goes on from its state', () => {
    const level = new CoverageLevel(0.2);
    level.observe(0, 0);
    expect([level.state(), level.factor]).toEqual([0.2, Math.exp(0.2)]);
    level.observe(1, 4);
    expect(level.state()).toBeCloseTo(0.99 * 0.2 + 0.1 * (0.75 - 0.07), 12);
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

const hundredths = (count: number) => Array.from({ length: count }, (_, i) => (i + 1) / 100);
const ordinary = (count: number) => Array.from({ length: count }, () => undefined);

it('the yardstick has no width before sixty scores, and forgets all but the newest 250 sessions of all symbols', () => {
  const track = new HarTrack(2);
  track.observe(hundredths(59), ordinary(59));
  expect(track.halfWidth(undefined)).toBe(Infinity);
  track.observe([0.6], [undefined]);
  // 61 * 0.93 = 56.7, the 57th.
  expect(track.halfWidth(undefined)).toBe(0.57);
  expect(new HarTrack(2, undefined, track.state()).halfWidth('after-last')).toBeCloseTo(2.6 * 0.57, 12);
  const many = Array.from({ length: 500 }, () => 7);
  track.observe(many.slice(1), ordinary(499));
  expect(track.state().scores).toEqual(Float64Array.of(0.6, ...many.slice(1)));
  track.observe([7, 7], ordinary(2));
  expect(track.state().scores).toEqual(Float64Array.from(many));
});

it('the yardstick learns the stretch of a class once it has a width, and takes its scores for ordinary', () => {
  const track = new HarTrack(1, { 'in-session': 1, 'after-last': 2, 'after-weekend': 1 });
  track.observe([8], ['after-last']);
  expect(track.state().stretch['after-last']).toEqual(new Float64Array(0));
  expect(track.state().scores).toEqual(Float64Array.of(4));
  track.observe(hundredths(59), ordinary(59));
  track.observe([8, 1], ['after-last', undefined]);
  expect(track.state().stretch['after-last']).toEqual(Float64Array.of(8 / 0.57));
  expect(track.state().scores.slice(-2)).toEqual(Float64Array.of(4, 1));
});

it('the margin of the regime is the mean of those of the symbol and of all symbols in its regime', () => {
  const [first, second] = [parseSymbol('0101'), parseSymbol('0102')];
  const tracks = new IntervalTracks([first, second]);
  for (const score of hundredths(100)) {
    tracks.observe(0, { ensemble: 3 * score, ewma: 4 * score, quantile: score, scale: 1 });
    tracks.observe(1, { ensemble: 30 * score, ewma: 40 * score, quantile: 10 * score, scale: 1 });
  }
  // All scales are the same, so that new ones are of the calmest regime, and the first twenty of the usual one.
  const scores = [
    ...hundredths(100).slice(20),
    ...hundredths(100)
      .slice(20)
      .map((score) => 10 * score),
  ];
  const pooled = scores.toSorted((a, b) => a - b)[Math.ceil(161 * 0.93) - 1]!;
  expect(tracks.regimeMargin(0, 1)).toBeCloseTo((0.94 + pooled) / 2, 12);
  expect(tracks.regimeMargin(1, 1)).toBeCloseTo((9.4 + pooled) / 2, 12);
  expect([tracks.ensemble.split(0), tracks.ewma.split(0), tracks.quantile.split(0)]).toEqual([
    3 * 0.94,
    4 * 0.94,
    0.94,
  ]);
  // Another list of symbols takes what is known of those that it has.
  const again = new IntervalTracks([second, parseSymbol('0103')], tracks.state());
  expect(again.regimeMargin(0, 1)).toBe(tracks.regimeMargin(1, 1));
  expect(again.ensemble.split(0)).toBe(tracks.ensemble.split(1));
  expect(again.state().symbols['0102']).toEqual(tracks.state().symbols['0102']);
  expect(again.state().symbols['0103']!.scales).toEqual(new Float64Array(0));
  expect(again.state().regimes).toEqual(tracks.state().regimes);
});
