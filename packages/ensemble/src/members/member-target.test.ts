import { describe, expect, it } from 'vitest';
import { FittedTargets, neutralised, orderingParts } from './member-target.ts';

// Three sessions of four symbols; the second symbol has no outcome in the first, and the last session has none.
const outcome = Float64Array.of(1, NaN, 2, 6, -1, -1, -3, 5, NaN, NaN, NaN, NaN);
const rows = Int32Array.of(0, 2, 3, 4, 5, 6, 7);
// Log returns: as the outcomes, but in the first session the last symbol has a small scale.
const label = outcome.map((value, row) => (row === 3 ? 0.1 : 1) * value);
const targets = new FittedTargets({ symbols: 4, label }, rows, outcome);

describe('what a member is fitted to', () => {
  it('is the outcome itself where nothing else is said', () => {
    expect(targets.of({})).toEqual({ target: outcome, rows });
  });

  it('is, with the ranking objective, the place in the session, whatever moves all of it', () => {
    const { target } = targets.of({ target: 'scaled-rank' });
    const unit = Math.sqrt(12);
    expect([...target.subarray(0, 4)]).toEqual([-unit / 3, NaN, 0, unit / 3]);
    expect([...target.subarray(4, 8)]).toEqual([0, 0, (-unit * 1.5) / 4, (unit * 1.5) / 4]);
    const moved = outcome.map((value, row) => value + (row < 4 ? 10 : -7));
    const again = new FittedTargets({ symbols: 4, label }, rows, moved);
    expect(again.of({ target: 'scaled-rank' }).target).toEqual(target);
    expect([...targets.of({ target: 'rank' }).target.subarray(0, 4)]).toEqual([0, NaN, unit / 3, -unit / 3]);
  });

  it('is, for the market, the mean of the session, once a session', () => {
    const { target, rows: fitted } = targets.of({ target: 'market' });
    expect([...fitted]).toEqual([0, 4]);
    expect(Array.from(fitted, (row) => target[row])).toEqual([3, 0]);
  });
});

describe('what members say of a session', () => {
  const members = [{ target: 'rank' }, { target: 'market' }, {}] as const;
  const centres = [Float64Array.of(1, NaN, 3), Float64Array.of(0.5, NaN, 0.5), Float64Array.of(1, NaN, 3)];

  it('has the mean taken off where it is market-neutral', () => {
    expect(neutralised(centres, members).map((centre) => [...centre])).toEqual([
      [-1, NaN, 1],
      [0.5, NaN, 0.5],
      [1, NaN, 3],
    ]);
  });

  it('orders no symbols where it is of the market', () => {
    expect(orderingParts(centres, members).map((centre) => [...centre])).toEqual([
      [1, NaN, 3],
      [0, NaN, 0],
      [1, NaN, 3],
    ]);
  });
});
