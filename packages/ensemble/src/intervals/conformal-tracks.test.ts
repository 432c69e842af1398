import { seededRandom } from '@daytrade/series';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConformalTrack, RegimeTrack, regimes } from './conformal-tracks.ts';
import { conformalQuantile, SortedWindow } from './score-windows.ts';

const hundred = Float64Array.from({ length: 100 }, (_, i) => i + 1);

describe('split conformal quantile', () => {
  it('is the ceil((n + 1)(1 - a))-th smallest score', () => {
    // 101 * 0.93 = 93.93, so the 94th; 251 * 0.93 = 233.43, so the 234th.
    expect(conformalQuantile(hundred, 0.07)).toBe(94);
    expect(
      conformalQuantile(
        Float64Array.from({ length: 250 }, (_, i) => i + 1),
        0.07,
      ),
    ).toBe(234);
    // 20 * 0.9 = 18 exactly.
    expect(conformalQuantile(hundred.subarray(0, 19), 0.1)).toBe(18);
  });

  it('is infinite when n scores are too few for a, or a is not above 0, and 0 when a is 1', () => {
    expect(conformalQuantile(hundred, 0.009)).toBe(Infinity);
    expect(conformalQuantile(hundred, 0.01)).toBe(100);
    expect(conformalQuantile(hundred, 0)).toBe(Infinity);
    expect(conformalQuantile(hundred, -0.02)).toBe(Infinity);
    expect(conformalQuantile(hundred, 1)).toBe(0);
  });
});

describe('window of scores', () => {
  it('keeps the newest values, sorted as a plain sort would', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.integer({ min: 1, max: 12 }), (values, capacity) => {
        const window = new SortedWindow(capacity);
        for (const value of values) window.push(value);
        expect(window.arrival).toEqual(values.slice(-capacity));
        expect(window.sorted).toEqual(values.slice(-capacity).toSorted((a, b) => a - b));
      }),
    );
  });
});

it('takes the scores of all symbols for one with fewer than 60 of its own, and none while all are fewer', () => {
  expect(new ConformalTrack([{ scores: hundred }, undefined]).split(1)).toBe(94);
  expect(new ConformalTrack([undefined, undefined]).split(1)).toBe(Infinity);
});

it('takes a symbol for itself from sixty scores of its own on', () => {
  const track = new ConformalTrack([
    { scores: hundred.subarray(0, 59) },
    { scores: hundred.map((score) => 100 * score) },
  ]);
  // Of 159 scores together the 149th: 160 * 0.93 = 148.8.
  expect(track.split(0)).toBe(9000);
  track.observe(0, 60);
  // 61 * 0.93 = 56.7.
  expect(track.split(0)).toBe(57);
  expect(track.state(0)).toEqual({ scores: hundred.subarray(0, 60) });
});

it('covers 93 % of exchangeable scores by the half-width that was known before', () => {
  const random = seededRandom(11);
  const track = new ConformalTrack(Array.from({ length: 20 }, () => undefined));
  let inside = 0;
  for (let t = 0; t < 1250; t += 1) {
    for (let s = 0; s < 20; s += 1) {
      const score = -Math.log(1 - random());
      if (t >= 250 && score <= track.split(s)) inside += 1;
      track.observe(s, score);
    }
  }
  expect(Math.abs(inside / 20_000 - 0.93)).toBeLessThan(0.005);
});

const none = new Float64Array(0);

describe('volatility regimes', () => {
  it("are thirds of the symbol's own newest scales, and the middle one while few are known", () => {
    const track = new RegimeTrack([hundred, hundred.subarray(0, 19)]);
    expect([0.5, 33, 35, 50, 67, 69, 200].map((scale) => track.regime(0, scale))).toEqual([0, 0, 1, 1, 1, 2, 2]);
    expect(track.regime(1, 200)).toBe(1);
    track.observeScale(1, 20);
    expect(track.regime(1, 200)).toBe(2);
  });
});

describe('Mondrian conformal quantile', () => {
  it('is the one of the regime that the symbol is in, from the scores of all symbols', () => {
    const calm = hundred;
    const turbulent = hundred.map((score) => 10 * score);
    const track = new RegimeTrack([hundred, hundred], [calm, hundred.map((score) => 2 * score), turbulent]);
    expect([1, 50, 200].map((scale) => track.quantile(0, scale))).toEqual([94, 188, 940]);
    // 101 scores: 102 * 0.93 = 94.86, the 95th.
    track.observe(1, 200, 5000);
    expect(track.quantile(0, 200)).toBe(950);
    expect(track.quantile(0, 1)).toBe(94);
  });

  it('takes the scores of all regimes for one with fewer than 60, and none while all are fewer', () => {
    expect(new RegimeTrack([hundred, none], [none, hundred, none]).quantile(0, 1)).toBe(94);
    expect(new RegimeTrack([hundred, none], [none, none, none]).quantile(0, 1)).toBe(Infinity);
  });

  it('takes no score that is not a number, of a symbol that never moved', () => {
    const track = new RegimeTrack([hundred, none], [none, Float64Array.of(NaN, ...hundred), none]);
    track.observe(0, 50, NaN);
    expect(track.quantile(0, 50)).toBe(94);
    expect(track.state()[1]).toEqual(hundred);
  });

  it('covers 93 % in each regime, where one quantile for all would not', () => {
    const random = seededRandom(8);
    const symbols = 10;
    const track = new RegimeTrack(Array.from({ length: symbols }, () => undefined));
    const inside = new Float64Array(regimes);
    const judged = new Float64Array(regimes);
    for (let t = 0; t < 1500; t += 1) {
      for (let s = 0; s < symbols; s += 1) {
        const scale = 1 + random();
        // The larger the scale, the more the scale is too small.
        const score = -Math.log(1 - random()) * scale ** 2;
        const regime = track.regime(s, scale);
        if (t >= 300) {
          judged[regime]! += 1;
          if (score <= track.quantile(s, scale)) inside[regime]! += 1;
        }
        track.observe(s, scale, score);
        track.observeScale(s, scale);
      }
    }
    for (const [r, count] of inside.entries()) expect(Math.abs(count / judged[r]! - 0.93)).toBeLessThan(0.01);
  });
});
