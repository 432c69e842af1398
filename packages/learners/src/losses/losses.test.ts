import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrixOf, simulate } from '../testing/simulated-data.ts';
import { checkTrainingData } from '../training-data.ts';
import { compileLoss, type Loss } from './loss.ts';
import { meanLoss, weightedQuantile } from './loss-functions.ts';

const losses: readonly Loss[] = [
  { kind: 'squared' },
  { kind: 'logistic' },
  { kind: 'pinball', quantile: 0.3 },
  { kind: 'huber', delta: 0.7 },
  { kind: 'gamma' },
];
const sample = simulate(200, 4);
const targetOf = (loss: Loss) =>
  loss.kind === 'logistic' ? sample.class : loss.kind === 'gamma' ? sample.positive : sample.target;

describe.each(losses)('$kind loss', (loss) => {
  const compiled = compileLoss(loss);
  const score = fc.double({ min: -4, max: 4, noNaN: true });

  it('has the first and second derivatives of its values', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 199 }), score, (row, at) => {
        const target = targetOf(loss)[row]!;
        fc.pre(Math.abs(Math.abs(target - at) - 0.7) > 1e-3 && Math.abs(target - at) > 1e-3);
        const gradients = new Float64Array(1);
        const hessians = new Float64Array(1);
        compiled.derivatives(Int32Array.of(0), Float64Array.of(target), Float64Array.of(at), gradients, hessians);
        const step = 1e-4;
        const [below, here, above] = [at - step, at, at + step].map((s) => compiled.loss(target, s)) as [
          number,
          number,
          number,
        ];
        expect(gradients[0]).toBeCloseTo((above - below) / (2 * step), 5);
        if (!compiled.hessianIsWeight) expect(hessians[0]).toBeCloseTo((above - 2 * here + below) / step ** 2, 4);
      }),
    );
  });

  it.each(['plain', 'weighted'])('has a base score that no other constant beats, on %s rows with offsets', (kind) => {
    const offset = sample.matrix.values.slice(0, 200).map((x) => x / 5);
    const weights = kind === 'weighted' ? { weights: sample.weight } : {};
    const data = checkTrainingData({ matrix: sample.matrix, target: targetOf(loss), offset, ...weights });
    const at = (constant: number) =>
      meanLoss(
        compiled,
        data,
        data.rows,
        offset.map((o) => o + constant),
      );
    const base = compiled.baseScore(data);
    for (const change of [-0.5, -0.01, -1e-4, 1e-4, 0.01, 0.5])
      expect(at(base)).toBeLessThanOrEqual(at(base + change) + 1e-12);
  });
});

describe('weightedQuantile', () => {
  it('minimises the pinball loss', () => {
    const items = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 4 })), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(items, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (pairs, quantile) => {
        fc.pre(pairs.some(([, weight]) => weight > 0));
        const pinball = compileLoss({ kind: 'pinball', quantile });
        const total = (at: number) => pairs.reduce((sum, [value, weight]) => sum + weight * pinball.loss(value, at), 0);
        const values = Float64Array.from(pairs, ([v]) => v);
        const found = weightedQuantile(
          values,
          quantile,
          Float64Array.from(pairs, ([, w]) => w),
        );
        for (const [other] of pairs) expect(total(found)).toBeLessThanOrEqual(total(other) + 1e-9);
      }),
    );
  });
});

describe('compileLoss', () => {
  it('refuses parameters out of range', () => {
    expect(() => compileLoss({ kind: 'pinball', quantile: 1 })).toThrow(
      'loss.quantile: expected a number above 0 and below 1',
    );
    expect(() => compileLoss({ kind: 'huber', delta: 0 })).toThrow('loss.delta: expected a positive number, got 0');
  });

  it('refuses targets that a loss is not defined for', () => {
    const data = (...target: number[]) =>
      checkTrainingData({ matrix: matrixOf({ x: target }), target: Float64Array.from(target) });
    const gamma = compileLoss({ kind: 'gamma' });
    expect(() => gamma.checkTarget(data(1, -0.5))).toThrow('target[1]: expected 0 or more for gamma loss, got -0.5');
    expect(() => gamma.checkTarget(data(0, 0))).toThrow('target: expected a positive value in at least one row');
    expect(() => compileLoss({ kind: 'logistic' }).checkTarget(data(1, 1))).toThrow(
      'target: expected rows of both classes',
    );
  });
});
