import { describe, expect, it } from 'vitest';
import { comparisonCells } from './format.ts';
import { type Bar, compare } from './result.ts';

const fastEnough: Bar = { sense: 'at most', must: 1.6, aim: 1 };
const manyEnough: Bar = { sense: 'at least', must: 5 };
const verdict = (figure: number, bar?: Bar) =>
  compare({ name: 'fit', unit: 's', figure, kind: 'ratio', ...(bar === undefined ? {} : { bar }) }).verdict;

describe('a figure is held against its bar', () => {
  it('holds the aim, only the must, or neither; a limit itself is held', () => {
    expect([0.9, 1, 1.2, 1.6, 1.61].map((figure) => verdict(figure, fastEnough))).toEqual([
      'aim held',
      'aim held',
      'must held',
      'must held',
      'missed',
    ]);
    expect([4.9, 5, 50].map((figure) => verdict(figure, manyEnough))).toEqual(['missed', 'must held', 'must held']);
  });

  it('a figure that is not a number is missed, and one without a bar has no verdict', () => {
    expect(verdict(Number.NaN, fastEnough)).toBe('missed');
    expect(verdict(Number.NaN, manyEnough)).toBe('missed');
    expect(verdict(1)).toBe('no bar');
  });
});

describe('a row of a table', () => {
  it('shows both measurements, the figure and the bar in its unit', () => {
    const peer = { name: 'LightGBM', value: 5.0401 };
    const row = compare({
      name: 'fit',
      unit: 'CPU s',
      ours: 7.2,
      peer,
      figure: 1.4286,
      kind: 'ratio',
      bar: fastEnough,
    });
    expect(comparisonCells(row)).toEqual([
      'fit (CPU s)',
      '7.2',
      '5.04 LightGBM',
      '1.43 x',
      '<= 1.6 x',
      '<= 1 x',
      'must held',
    ]);
  });

  it('leaves empty what there is not', () => {
    const row = compare({ name: 'error', unit: 'relative', figure: 2.41e-10, kind: 'relative error' });
    expect(comparisonCells(row)).toEqual(['error (relative)', '', '', '2.4e-10', '', '', '']);
  });
});
