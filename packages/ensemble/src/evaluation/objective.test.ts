import { expect, it } from 'vitest';
import { judgeObjective } from './objective.ts';

const curve = (...points: number[]) => Float64Array.of(NaN, ...points);
const none = new Float64Array(0);

function judged(curves: Partial<Parameters<typeof judgeObjective>[0]>) {
  const lines = judgeObjective({ all20: none, all60: none, all250: none, symbol250: [], ...curves });
  return Object.fromEntries(lines.map(({ name, lowest, highest, held }) => [name, { lowest, highest, held }]));
}

it('shows the lowest and the highest window, whichever is nearer to its bound', () => {
  expect(judged({ all20: curve(0.93, 0.895, 0.96, 0.94) })).toMatchObject({
    'coverage-20': { lowest: 0.895, highest: 0.96, held: true },
  });
  expect(judged({ symbol250: [curve(0.904, 0.93), curve(0.95, 0.976)] })).toMatchObject({
    'symbol-coverage-250': { lowest: 0.904, highest: 0.976, held: true },
  });
});

it('holds where both lie within the bounds, and says nothing without a full window', () => {
  expect(judged({ all60: curve(0.93, 0.86), all20: curve(0.79, 1) })).toMatchObject({
    'coverage-60': { lowest: 0.86, highest: 0.93, held: false },
    'coverage-20': { lowest: 0.79, highest: 1, held: false },
    'coverage-250': { lowest: null, highest: null, held: null },
  });
});
