import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import type { Combination } from '../options.ts';
import { CentreCombiner } from './centre-combiner.ts';

/** A roughly normal number. */
function noise(random: () => number): number {
  return Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);
}

/** Sessions in which member 0 knows a part of z, member 1 is noise and member 2 is member 0 turned around. */
function trained(sessions: number): CentreCombiner {
  const random = seededRandom(3);
  const combiner = new CentreCombiner(3);
  for (let t = 0; t < sessions; t += 1) {
    const signal = Float64Array.from({ length: 50 }, () => 0.2 * noise(random));
    const nonsense = signal.map(() => 0.2 * noise(random));
    combiner.observe(
      [signal, nonsense, signal.map((value) => -value)],
      signal.map((value) => value + noise(random)),
    );
  }
  return combiner;
}

describe('combinations of members', () => {
  it('give a centre of 0 while too few sessions are known', () => {
    expect([...trained(19).factors('stacking')]).toEqual([0, 0, 0]);
    expect([...trained(19).factors('voting')]).toEqual([0, 0, 0]);
  });

  it('stacking finds the member that knows, and never weighs one negatively', () => {
    const factors = trained(200).factors('stacking');
    expect(factors[0]).toBeGreaterThan(0.5);
    expect(factors[1]).toBeLessThan(0.15);
    expect(factors[2]).toBe(0);
  });

  it('dynamic weights follow recent out-of-sample skill', () => {
    const weights = trained(200).weights('weighted');
    expect(weights[0]).toBeGreaterThan(0.9);
  });

  it('shrink a centre that is worth nothing to 0', () => {
    const random = seededRandom(4);
    const combiner = new CentreCombiner(2);
    for (let t = 0; t < 200; t += 1) {
      const members = [0, 1].map(() => Float64Array.from({ length: 50 }, () => 0.2 * noise(random)));
      combiner.observe(
        members,
        Float64Array.from({ length: 50 }, () => noise(random)),
      );
    }
    for (const combination of ['voting', 'weighted', 'stacking'] as const) {
      expect(Math.max(...combiner.factors(combination))).toBeLessThan(0.1);
    }
  });

  it('leave out symbols without an outcome or a prediction, and go on from their state', () => {
    const combiner = trained(50);
    const before = combiner.factors('stacking');
    combiner.observe(
      [0, 1, 2].map(() => Float64Array.of(NaN, 1)),
      Float64Array.of(1, NaN),
    );
    expect(combiner.factors('stacking')).toEqual(before);
    expect(new CentreCombiner(3, combiner.state()).factors('weighted')).toEqual(combiner.factors('weighted'));
  });
});

/** A session of one symbol or of three, of which one has no outcome. */
interface Session {
  readonly predictions: readonly Float64Array[];
  readonly outcome: Float64Array;
}

/** Two members, of which the better one changes after 30 sessions. */
function sessionsOf(count: number): readonly Session[] {
  const random = seededRandom(8);
  return Array.from({ length: count }, (_, t) => {
    const outcome = Float64Array.from({ length: t % 3 === 0 ? 1 : 3 }, (_value, s) => (s === 2 ? NaN : noise(random)));
    const knowing = outcome.map((z) => 0.3 * z + 0.4 * noise(random));
    const other = outcome.map(() => 0.1 * noise(random) + 0.3);
    for (const member of [knowing, other]) if (outcome.length === 3) member[2] = 0.5;
    return { predictions: t < 30 ? [other, knowing] : [knowing, other], outcome };
  });
}

/** The definition of the combinations, from all rows at once. */
function factorsFrom(sessions: readonly Session[], combination: Combination): readonly number[] {
  const rows = sessions.map(({ predictions, outcome }) =>
    Array.from(outcome, (z, s) => ({ z, said: predictions.map((member) => member[s]!) })).filter(({ z }) => z === z),
  );
  const all = rows.flat();
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const newest = rows.slice(-120);
  const lossOf = (missed: (row: (typeof all)[number]) => number) =>
    sum(newest.map((session) => sum(session.map((row) => missed(row) ** 2)) / session.length));
  const skill = [0, 1].map((i) => 1 - lossOf(({ z, said }) => z - said[i]!) / lossOf(({ z }) => z));
  const raw = skill.map((value) => Math.exp(value / 0.002));
  const weights = combination === 'voting' ? [0.5, 0.5] : raw.map((value) => value / sum(raw));
  const together = all.map(({ said }) => sum(said.map((value, i) => weights[i]! * value)));
  const factor = sum(together.map((value, i) => value * all[i]!.z)) / (sum(together.map((value) => value ** 2)) + 300);
  return weights.map((weight) => weight * Math.min(1, Math.max(0, factor)));
}

function combinerAfter(sessions: readonly Session[]): CentreCombiner {
  const combiner = new CentreCombiner(2);
  for (const { predictions, outcome } of sessions) combiner.observe(predictions, outcome);
  return combiner;
}

describe('the factors of a combination', () => {
  it('rest on sums over all rows with an outcome, and on the mean errors of each session', () => {
    const combiner = combinerAfter([
      { predictions: [Float64Array.of(1, 3, 9), Float64Array.of(2, -1, 9)], outcome: Float64Array.of(2, 4, NaN) },
      { predictions: [Float64Array.of(NaN), Float64Array.of(1)], outcome: Float64Array.of(1) },
      { predictions: [Float64Array.of(0.5), Float64Array.of(1)], outcome: Float64Array.of(-1) },
    ]);
    expect(combiner.state()).toEqual({
      gram: Float64Array.of(10.25, -0.5, -0.5, 6),
      products: Float64Array.of(13.5, -1),
      losses: [Float64Array.of(1, 12.5, 10), Float64Array.of(2.25, 4, 1)],
      sessions: 2,
    });
  });

  it.each([20, 21, 119, 120, 121, 149, 150, 151])('are those of all rows at once, after %i sessions', (count) => {
    const sessions = sessionsOf(count);
    const combiner = combinerAfter(sessions);
    for (const combination of ['voting', 'weighted'] as const) {
      const expected = factorsFrom(sessions, combination);
      expect([...combiner.factors(combination)]).toEqual(expected.map((factor) => expect.closeTo(factor, 10)));
      const total = expected[0]! + expected[1]!;
      expect([...combiner.weights(combination)]).toEqual(expected.map((factor) => expect.closeTo(factor / total, 10)));
    }
    expect(combiner.state()).toMatchObject({ sessions: count, losses: { length: Math.min(120, count) } });
  });

  it('minimise the squared error with a penalty of 300 where they are stacked, none below 0', () => {
    const sessions = sessionsOf(150);
    const { gram, products } = combinerAfter(sessions).state();
    const gradient = (factors: ArrayLike<number>) =>
      [0, 1].map((i) => gram[2 * i]! * factors[0]! + gram[2 * i + 1]! * factors[1]! + 300 * factors[i]! - products[i]!);
    const both = combinerAfter(sessions).factors('stacking');
    expect(Math.min(...both)).toBeGreaterThan(0);
    for (const slope of gradient(both)) expect(slope).toBeCloseTo(0, 8);
    // A member that is always wrong has nothing, and the other is alone.
    const wrong = sessions.map(({ predictions, outcome }) => ({
      predictions: [predictions[0]!, outcome.map((z) => -z)],
      outcome,
    }));
    const combiner = combinerAfter(wrong);
    const factors = combiner.factors('stacking');
    expect(factors[1]).toBe(0);
    expect(factors[0]).toBeCloseTo(combiner.state().products[0]! / (combiner.state().gram[0]! + 300), 10);
  });

  it('are 0 while too few sessions are known or no member knows anything, and a report shows equal weights', () => {
    const early = combinerAfter(sessionsOf(19));
    expect([...early.weights('weighted')]).toEqual([0.5, 0.5]);
    const wrong = sessionsOf(40).map(({ outcome }) => ({
      predictions: [0, 1].map(() => outcome.map((z) => -z)),
      outcome,
    }));
    expect([...combinerAfter(wrong).factors('voting')].map(Math.abs)).toEqual([0, 0]);
    expect([...combinerAfter(wrong).weights('voting')]).toEqual([0.5, 0.5]);
  });

  it('are never more than the predictions themselves', () => {
    const shy = sessionsOf(40).map(({ outcome }) => ({
      predictions: [0, 1].map(() => outcome.map((z) => z / 2)),
      outcome,
    }));
    const large = shy.map(({ predictions, outcome }) => ({
      predictions: predictions.map((member) => member.map((value) => 100 * value)),
      outcome: outcome.map((z) => 300 * z),
    }));
    expect([...combinerAfter(large).factors('voting')]).toEqual([0.5, 0.5]);
  });
});
