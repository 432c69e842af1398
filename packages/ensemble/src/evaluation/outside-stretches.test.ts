import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { outsideStretches } from './objective.ts';

const curve = (...values: readonly (number | null)[]) =>
  values.map((coverage250, i) => ({
    session: parseTradeDate(`2026-01-${String(5 + i).padStart(2, '0')}`),
    coverage250,
  }));

describe('stretches outside of the objective', () => {
  it('are none while the curve is inside, on a bound, or not there yet', () => {
    expect(outsideStretches(curve(null, null, 0.915, 0.93, 0.945))).toEqual([]);
  });

  it('begin and end with their sessions, and tell their worst point', () => {
    expect(outsideStretches(curve(0.93, 0.914, 0.91, 0.912, 0.92, 0.95, 0.951))).toEqual([
      { from: '2026-01-06', to: '2026-01-08', sessions: 3, side: 'below', worst: 0.91 },
      { from: '2026-01-10', to: '2026-01-11', sessions: 2, side: 'above', worst: 0.951 },
    ]);
  });

  it('part where the curve jumps from one side to the other', () => {
    expect(outsideStretches(curve(0.9, 0.96)).map(({ side }) => side)).toEqual(['below', 'above']);
  });
});
