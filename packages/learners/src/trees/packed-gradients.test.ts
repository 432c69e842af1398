import { describe, expect, it } from 'vitest';
import { range } from '../testing/simulated-data.ts';
import { mostTrainingRows, packGradients, sumsOf, unpack, without } from './packed-gradients.ts';

describe('packed gradients', () => {
  it('are whole numbers of which the largest sum has room beside the count', () => {
    const gradients = Float64Array.of(9, 0.5, -2, 1.25);
    const rows = Int32Array.of(1, 2, 3);
    const packed = packGradients(rows, gradients, undefined);
    const unit = 2 ** 51;
    const gradientScale = 2 / Math.floor((unit / 2 - 1) / 3);
    expect(packed).toEqual({
      gradients: { values: gradients, unit, perScale: 1 / gradientScale },
      hessians: undefined,
      unit,
      gradientScale,
      hessianScale: 1,
    });
    const { count, gradient, hessian } = sumsOf(packed, rows);
    expect([count, hessian]).toEqual([3, 3]);
    expect(gradient * gradientScale).toBeCloseTo(-0.25, 12);
  });

  it('have Hessians in units of their own', () => {
    const packed = packGradients(Int32Array.of(0, 1), Float64Array.of(1, -1), Float64Array.of(0.5, 4));
    expect(packed.hessianScale).toBe(4 / 2 ** 51);
    expect(packed.hessians).toMatchObject({ unit: 0, perScale: 2 ** 51 / 4 });
    const { count, gradient, hessian } = sumsOf(packed, Int32Array.of(0, 1));
    expect([count, gradient, hessian * packed.hessianScale]).toEqual([2, 0, 4.5]);
  });

  it('have the scale 1 where all are 0', () => {
    const zeros = new Float64Array(3);
    expect(packGradients(range(0, 3), zeros, zeros)).toMatchObject({ gradientScale: 1, hessianScale: 1 });
  });

  it('have a scale by the largest of four million rows, and by their sums beyond', () => {
    const rows = range(0, 2 ** 22 + 1);
    const gradients = new Float64Array(rows.length).fill(-0.5);
    gradients[7] = 3;
    const most = packGradients(rows.subarray(0, 2 ** 22), gradients, undefined);
    expect(most.unit).toBe(2 ** 30);
    expect(most.gradientScale).toBe(3 / Math.floor((2 ** 29 - 1) / 2 ** 22));
    const { unit, gradientScale } = packGradients(rows, gradients, undefined);
    expect(unit).toBe(2 ** 30);
    expect(gradientScale).toBeCloseTo((0.5 * 2 ** 22) / (2 ** 29 - 1 - rows.length / 2 - 1), 15);
    expect(mostTrainingRows).toBe(2 ** 24);
  });

  it('are counted and summed again from a cell, and taken from each other', () => {
    const unit = 2 ** 40;
    expect(unpack(3 * unit - 17, 4, unit)).toEqual({ count: 3, gradient: -17, hessian: 4 });
    expect(unpack(3 * unit + 17, 4, unit)).toEqual({ count: 3, gradient: 17, hessian: 4 });
    expect(without({ count: 3, gradient: -17, hessian: 4 }, { count: 1, gradient: 3, hessian: 1.5 })).toEqual({
      count: 2,
      gradient: -20,
      hessian: 2.5,
    });
  });
});
