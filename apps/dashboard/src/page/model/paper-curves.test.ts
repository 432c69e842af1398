import { type PaperBookState, tradeDateSchema } from '@daytrade/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawdownCurve, equityCurve, startLine, verdictOf } from './paper-curves.ts';

const cash = 1_000_000;

function curveOf(...equity: number[]): PaperBookState['curve'] {
  return equity.map((value, i) => ({ session: tradeDateSchema.parse(`2026-11-${10 + i}`), equity: value }));
}

describe('the curves of a book', () => {
  it('have a point for each settled session, held against the cash at the beginning', () => {
    const curve = curveOf(990_000, 1_010_000);
    expect(equityCurve(curve)).toEqual([
      { session: '2026-11-10', value: 990_000 },
      { session: '2026-11-11', value: 1_010_000 },
    ]);
    expect(startLine(curve, cash).map(({ value }) => value)).toEqual([cash, cash]);
  });

  it('fall from the highest close before, the cash at the beginning among them', () => {
    const falls = drawdownCurve(curveOf(900_000, 1_200_000, 1_140_000, 1_200_000), cash).map(({ value }) => value);
    expect(falls).toEqual([expect.closeTo(-0.1, 12), 0, expect.closeTo(-0.05, 12), 0]);
  });

  it('never show a fall above 0, whatever the equity does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000_000 }), { maxLength: 15 }), (equity) => {
        for (const { value } of drawdownCurve(curveOf(...equity), cash)) {
          expect(value).toBeLessThanOrEqual(0);
          expect(value).toBeGreaterThanOrEqual(-1);
        }
      }),
    );
  });
});

describe('what is said after costs', () => {
  it.each([
    [[], null, 0, 'unsettled'],
    [[999_999.7], 999_999.7, 0, 'loses'],
    [[1_020_000, 988_000], 988_000, -12_000, 'loses'],
    [[1_012_000], 1_012_000, 12_000, 'open'],
  ] as const)('of the closes %j is of the newest one, and never that it earns', (closes, equity, net, verdict) => {
    expect(verdictOf({ curve: curveOf(...closes), equity }, cash)).toEqual({ net, verdict });
  });
});
