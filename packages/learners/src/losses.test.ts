import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLoss, type Loss } from './losses.ts';
import { lossOf, meanLoss, simulate } from './testing/simulated-data.ts';
import { withRows } from './training-data.ts';

const losses: readonly Loss[] = [{ kind: 'squared' }, { kind: 'pinball', quantile: 0.3 }, { kind: 'gamma' }];
const sample = simulate(200, 4);
const targetOf = (loss: Loss) => (loss.kind === 'gamma' ? sample.positive : sample.target);

describe.each(losses)('$kind loss', (loss) => {
  const compiled = compileLoss(loss);

  it('has the first and second derivatives of its values', () => {
    const score = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 199 }), score, (row, at) => {
        const target = targetOf(loss)[row]!;
        fc.pre(Math.abs(target - at) > 1e-3);
        const [gradients, hessians] = [new Float64Array(1), new Float64Array(1)];
        compiled.derivatives(Int32Array.of(0), Float64Array.of(target), Float64Array.of(at), gradients, hessians);
        const step = 1e-4;
        const [below, above] = [lossOf(loss, target, at - step), lossOf(loss, target, at + step)];
        expect(gradients[0]).toBeCloseTo((above - below) / (2 * step), 5);
        const second = (above - 2 * lossOf(loss, target, at) + below) / step ** 2;
        if (!compiled.hessianIsOne) expect(hessians[0]).toBeCloseTo(second, 4);
      }),
    );
  });

  it('has a base score that no other constant beats, on rows with offsets', () => {
    const offset = sample.matrix.values.slice(0, 200).map((x) => x / 5);
    const data = withRows({ matrix: sample.matrix, target: targetOf(loss), offset });
    const base = compiled.baseScore(data);
    const at = (constant: number) =>
      meanLoss(
        loss,
        data.target,
        offset.map((o) => o + constant),
        data.rows,
      );
    for (const change of [-0.5, -0.01, -1e-4, 1e-4, 0.01, 0.5])
      expect(at(base)).toBeLessThanOrEqual(at(base + change) + 1e-12);
  });
});
