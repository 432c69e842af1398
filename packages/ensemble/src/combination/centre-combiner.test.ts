import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { fitPlatt, plattProbability } from './calibration.ts';
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

describe("Platt's calibration", () => {
  it('recovers the probability that outcomes were drawn with', () => {
    const random = seededRandom(9);
    const scores = Float64Array.from({ length: 20_000 }, () => noise(random));
    const rose = scores.map((score) => (random() < 1 / (1 + Math.exp(-(0.2 + 0.8 * score))) ? 1 : 0));
    const { intercept, slope } = fitPlatt(scores, rose);
    expect(intercept).toBeCloseTo(0.2, 1);
    expect(slope).toBeCloseTo(0.8, 1);
  });

  it('never turns scores around: at worst every probability is the base rate', () => {
    const random = seededRandom(9);
    const scores = Float64Array.from({ length: 5000 }, () => noise(random));
    const parameters = fitPlatt(
      scores,
      scores.map((score) => (score < 0 ? 1 : 0)),
    );
    expect(parameters.slope).toBe(0);
    expect(plattProbability(parameters, 3)).toBeCloseTo(0.5, 1);
  });
});
