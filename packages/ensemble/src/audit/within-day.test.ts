import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { auditWithinDay, checkWithinDay, productWithinDay } from './audit-within-day.ts';
import { noiseWithinDay } from './noise-within-day.fixture.ts';
import { plantedWithinDay } from './planted-within-day.fixture.ts';

const panel = noisePanel({ symbolCount: 2, sessionCount: 60, seed: 3, missingShare: 0.01 });
const bars = noiseWithinDay(panel, 4);

describe('the audit within the day', () => {
  it('raises no alarm on the product, and examines horizons before, at and after the open', () => {
    const { check, alarms } = checkWithinDay(productWithinDay, bars, 3);
    expect(alarms).toEqual([]);
    expect(check).toEqual({
      kind: 'within-day',
      outcome: 'passed',
      examined: 'columns of close@08:30, close@open, close@10:00, close@14:30 computed again at 3 changes',
    });
  });

  it.each(plantedWithinDay(productWithinDay).map((leak) => [leak.name, leak] as const))('catches: %s', (_, leak) => {
    const { check, alarms } = checkWithinDay(leak.pipeline, bars, 3);
    expect(check.outcome).toBe('alarm');
    expect(alarms.map(({ column }) => column)).toContain(leak.column);
  });

  it("catches tomorrow's VIX", () => {
    const tomorrow = (vix: Float64Array | undefined) => vix?.map((_, t, all) => all[t + 1] ?? NaN);
    const columns: typeof productWithinDay.columns = (some, horizon) =>
      productWithinDay.columns({ ...some, vix: tomorrow(some.vix) }, horizon);
    const { alarms } = checkWithinDay({ name: "with tomorrow's VIX", columns }, bars, 3);
    expect(alarms.map(({ column }) => column).sort()).toEqual(['follows_vix', 'vix_above_usual', 'vix_change']);
  });

  it.each(['open', 'high', 'low', 'close', 'volume'] as const)('catches the %s of one symbol alone', (name) => {
    // Of the row that follows, in which the first symbol stands at the beginning of a session.
    const columns: typeof productWithinDay.columns = ({ panel: some }) => ({
      names: [name],
      rows: some.close.length,
      values: Float32Array.from(some[name], (_, row) => (row % 2 === 0 ? (some[name][row + 2] ?? 0) : 0)),
    });
    const { alarms } = checkWithinDay({ name: 'with one symbol', columns }, { panel, bars: [undefined, undefined] }, 3);
    const message = expect.stringContaining(`${name} of 0001 at close@08:30`);
    expect(alarms).toMatchObject([{ kind: 'within-day', column: name, symbol: '0001', message }]);
  });

  it('examines the open alone where there are daily bars alone', () => {
    const findings = { passed: true, alarms: [], checks: [] };
    const daily = { panel, bars: [undefined, undefined] };
    const subject = { ...findings, pipeline: 'x', sessions: 60, symbols: 2, columns: 1 };
    const { passed, checks } = auditWithinDay(subject, daily);
    expect(passed).toBe(true);
    expect(checks[0]!.examined).toBe('columns of close@open computed again at 4 changes');
  });
});
