import { type Prediction, tradeDateSchema } from '@daytrade/contracts';
import { describe, expect, it, vi } from 'vitest';
import { filterRows, findSymbol, predictionRows, resultsPlace } from './prediction-rows.ts';

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

const unskilled = { centre: null, probabilityUp: null, directionSkilled: false };
const rows = predictionRows(
  [prediction('0101', '架空電機'), prediction('0102', '幻影重工', unskilled), prediction('285A', 'ＡＢＣ工業')],
  [{ symbol: '0102', rank: 3 }],
);
const symbolsOf = (found: typeof rows) => found.map((row) => row.prediction.symbol);

describe('a row', () => {
  it('measures the interval from the last close, and has the rank of a selected symbol', () => {
    const moves = { lowerMove: expect.closeTo(-0.04, 12), upperMove: expect.closeTo(0.045, 12) };
    expect(rows[0]).toMatchObject({ ...moves, centreMove: expect.closeTo(0.002, 12), rank: null });
    expect(rows[0]?.width).toBeCloseTo(0.085, 12);
    expect(rows[1]).toMatchObject({ ...moves, centreMove: null, rank: 3 });
  });

  it.each([
    ['010', ['0101', '0102']],
    ['重工', ['0102']],
    ['electric', ['0101']],
    ['abc 285a', ['285A']],
    ['０１０１', ['0101']],
    ['トヨタ', []],
  ])('is found by %s, in any case and width of characters', (query, found) => {
    expect(symbolsOf(filterRows(rows, query))).toEqual(found);
  });
});

it.each([
  ['0102', '0102'],
  ['28', '285A'],
  ['electric', '0101'],
  ['９', undefined],
  [' ', undefined],
])('leads from %j to the symbol %s', (query, symbol) => {
  expect(
    findSymbol(
      rows.map((row) => row.prediction),
      query,
    )?.symbol,
  ).toBe(symbol);
});

it.each([
  [{ date: '2025-11-13', time: null }, 'onDay'],
  [{ date: '2025-11-13', time: '13:00' }, 'inSession'],
  [{ date: '2025-11-12', time: '15:30' }, 'today.afterClose'],
  [{ date: '2025-11-11', time: null }, 'afterClose'],
  [null, undefined],
] as const)('places results of %j beside a prediction: %s', (announcement, place) => {
  expect(resultsPlace({ session: '2025-11-13', announcement } as never, '2025-11-12')).toBe(place);
});
