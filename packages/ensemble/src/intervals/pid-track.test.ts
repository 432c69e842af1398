import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { PidTrack } from './conformal-tracks.ts';

describe('conformal PID control', () => {
  it('starts at the quantile that it is given, and follows the hand-computed example', () => {
    const track = new PidTrack([undefined]);
    expect(track.halfWidth(0, 2)).toBe(2);
    // A miss with a largest score of 4: q = 2 + 0.01 * 4 * 0.93 = 2.0372, E = 0.93, t = 1: 0.5 tan(0.93 ln 2 / 2) =
    // 0.16698.
    track.observe(0, 2, 4, true);
    expect(track.halfWidth(0, 99)).toBeCloseTo(2.0372 + 0.16698, 4);
    // A hit: q = 2.0372 - 0.01 * 4 * 0.07 = 2.0344, E = 0.86, t = 2: 0.5 tan(0.86 ln 3 / 3) = 0.16289.
    track.observe(0, 99, 4, false);
    expect(track.halfWidth(0, 99)).toBeCloseTo(2.0344 + 0.16289, 4);
  });

  it('is never negative and never infinite, however long it was wrong', () => {
    const track = new PidTrack([undefined, undefined]);
    for (let t = 0; t < 2000; t += 1) {
      track.observe(0, 0.1, 10, false);
      track.observe(1, 0.1, 10, true);
      expect(track.halfWidth(0, 0)).toBeGreaterThanOrEqual(0);
      expect(track.halfWidth(1, 0)).toBeLessThan(Infinity);
    }
  });

  it('goes on from its state', () => {
    const track = new PidTrack([undefined]);
    track.observe(0, 2, 4, true);
    expect(new PidTrack([track.state(0)]).halfWidth(0, 0)).toBe(track.halfWidth(0, 0));
  });

  it.each([1, 5])('covers 93 % again after scores have grown by a factor of %d in two years', (factor) => {
    const random = seededRandom(5);
    const track = new PidTrack([undefined]);
    let inside = 0;
    for (let t = 0; t < 6000; t += 1) {
      const level = factor ** Math.min(1, t / 500);
      const score = -Math.log(1 - random()) * level;
      const hit = score <= track.halfWidth(0, 2);
      if (hit && t >= 1000) inside += 1;
      track.observe(0, 2, 5 * level, !hit);
    }
    expect(Math.abs(inside / 5000 - 0.93)).toBeLessThan(0.01);
  });
});
