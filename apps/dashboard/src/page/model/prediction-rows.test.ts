import { type Prediction, tradeDateSchema } from '@daytrade/contracts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { axisExtent, axisPosition, filterRows, predictionRows } from './prediction-rows.ts';

vi.hoisted(() => {
  vi.stubGlobal('localStorage', { getItem: () => 'en' });
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
});

function prediction(symbol: string, name: string, change: Partial<Prediction> = {}): Prediction {
  return {
    symbol,
    name,
    session: tradeDateSchema.parse('2026-11-25'),
    lastSession: tradeDateSchema.parse('2026-11-24'),
    lastClose: 1000,
    centre: 1002,
    lower: 960,
    upper: 1045,
    coverage: 0.93,
    probabilityUp: 0.51,
    directionSkilled: true,
    priceBasis: 'traded',
    modelVersion: 'm1',
    intervalMethod: 'conformal',
    madeAt: '2026-11-24T06:45:12Z',
    late: false,
    synthetic: true,
    ...change,
  };
}

const rows = predictionRows(
  [prediction('0101', '架空電機'), prediction('0102', '幻影重工'), prediction('285A', 'ＡＢＣ工業')],
  [{ symbol: '0102', rank: 3 }],
);

describe('rows of the table', () => {
  it('measure the interval from the last close', () => {
    expect(rows[0]).toMatchObject({ lowerMove: -0.040000000000000036, rank: null });
    expect(rows[0]?.width).toBeCloseTo(0.085, 12);
    expect(rows[0]?.centreMove).toBeCloseTo(0.002, 12);
    const unskilled = prediction('0101', '架空電機', { centre: null, probabilityUp: null, directionSkilled: false });
    expect(predictionRows([unskilled], [])[0]?.centreMove).toBeNull();
  });

  it('carry the rank of the symbols that were selected', () => {
    expect(rows.map(({ rank }) => rank)).toEqual([null, 3, null]);
    expect(filterRows(rows, '', true).map(({ prediction: { symbol } }) => symbol)).toEqual(['0102']);
  });

  it('are found by code or name, in any case and width of characters', () => {
    const found = (query: string) => filterRows(rows, query, false).map(({ prediction: { symbol } }) => symbol);
    expect(found('010')).toEqual(['0101', '0102']);
    expect(found('重工')).toEqual(['0102']);
    expect(found('electric')).toEqual(['0101']);
    expect(found('abc 285a')).toEqual(['285A']);
    expect(found('０１０１')).toEqual(['0101']);
    expect(found('トヨタ')).toEqual([]);
  });
});

describe('the axis of the bars', () => {
  it('is wide enough for nine rows in ten and a whole number of percent', () => {
    const wild = [...Array.from({ length: 19 }, () => rows[0]!), { ...rows[0]!, upperMove: 0.4 }];
    expect(axisExtent(wild)).toBe(0.05);
  });

  it('has the last close in its middle and never leaves its ends', () => {
    expect(axisPosition(0, 0.05)).toBe(50);
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (move) => {
        const position = axisPosition(move, 0.05);
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('exists without rows', () => {
    expect(axisExtent([])).toBeGreaterThan(0);
  });
});
