import { describe, expect, it } from 'vitest';
import { checked, probeSessions, rowsOfSessions, sameValue, skipped } from './audited-pipeline.ts';
import { dates } from './honest-pipeline.fixture.ts';

describe('the parts of an audit', () => {
  it.each([
    [12, 3, [3, 6, 10]],
    [10, Infinity, [1, 2, 3, 4, 5, 6, 7, 8]],
    [6, 4, [1, 2, 3, 4]],
    [3, 12, [1]],
    [2, 12, []],
    [0, 12, []],
  ])('probes %i sessions at %d places that have a session before and after', (count, probes, expected) => {
    expect(probeSessions(count, probes)).toEqual(expected);
  });

  it('has a row of each symbol of a session', () => {
    expect([...rowsOfSessions(Int32Array.of(2, 5), 3)]).toEqual([6, 7, 8, 15, 16, 17]);
  });

  it.each([
    [0, 0, true],
    [NaN, NaN, true],
    [NaN, 1, false],
    [1, NaN, false],
    [1, -1, false],
    [Infinity, Infinity, true],
    [1e6, 1e6 * (1 + 0.5e-12), true],
    [-1e6, -1e6 * (1 + 0.5e-12), true],
    [1e6 * (1 + 2e-12), 1e6, false],
    [1e-6, 1e-6 * (1 + 0.5e-12), true],
    [1e-6, 1e-6 * (1 + 2e-12), false],
    [0, 1e-13, false],
  ])('takes %d and %d for the same: %s', (a, b, expected) => {
    expect(sameValue(a, b)).toBe(expected);
    expect(sameValue(b, a)).toBe(expected);
  });

  it('says whether a check passed, found something or could not look', () => {
    const alarm = { kind: 'label', column: 'label', firstSession: dates[0]!, message: 'read' } as const;
    expect(checked('label', 'labels', [])).toEqual({
      check: { kind: 'label', outcome: 'passed', examined: 'labels' },
      alarms: [],
    });
    expect(checked('label', 'labels', [alarm])).toEqual({
      check: { kind: 'label', outcome: 'alarm', examined: 'labels' },
      alarms: [alarm],
    });
    expect(skipped('label', 'too few')).toEqual({
      check: { kind: 'label', outcome: 'skipped', examined: 'too few' },
      alarms: [],
    });
  });
});
