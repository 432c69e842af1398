import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { RegimeTrack, regimes } from './conformal-tracks.ts';

const hundred = Float64Array.from({ length: 100 }, (_, i) => i + 1);
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

  it('goes on from its state', () => {
    const track = new RegimeTrack([hundred, none], [none, hundred, none]);
    const next = new RegimeTrack([track.scales(0), track.scales(1)], track.state());
    expect(next.quantile(0, 50)).toBe(94);
    expect(next.state()).toHaveLength(regimes);
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
