import { describe, expect, it } from 'vitest';
import { axisAround, positionOn } from './axis.ts';

describe('an axis', () => {
  it('holds all its values between ends on whole steps', () => {
    const axis = axisAround([0.499, 0.529], 0.01);
    expect(axis.low).toBeCloseTo(0.49, 12);
    expect(axis.high).toBeCloseTo(0.54, 12);
  });

  it('places values in percent and stops at its ends', () => {
    const axis = { low: 0.88, high: 0.98 };
    expect(positionOn(axis, 0.93)).toBeCloseTo(50, 9);
    expect(positionOn(axis, 0.5)).toBe(0);
    expect(positionOn(axis, 1)).toBe(100);
  });
});
