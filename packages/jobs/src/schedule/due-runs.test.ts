import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideDue } from './due-runs.ts';

const minute = 60_000;
const grace = 5 * minute;
const now = 100 * minute;
const at = (...minutes: readonly number[]) => minutes.map((value) => value * minute);

describe('decideDue', () => {
  it('runs a due time within the grace as on time, whatever the policy', () => {
    for (const policy of ['skip', 'run-once', 'run-all'] as const) {
      expect(decideDue(policy, grace, at(96), now)).toEqual([{ dueAt: 96 * minute, kind: 'on-time', missed: 0 }]);
    }
  });

  it('skip: leaves out what is late, and writes the newest of it down', () => {
    expect(decideDue('skip', grace, at(10, 40, 70), now)).toEqual([{ dueAt: 70 * minute, kind: 'skipped', missed: 2 }]);
    expect(decideDue('skip', grace, at(10, 40, 98), now)).toEqual([
      { dueAt: 40 * minute, kind: 'skipped', missed: 1 },
      { dueAt: 98 * minute, kind: 'on-time', missed: 0 },
    ]);
  });

  it('run-once: runs the newest in place of all that is late', () => {
    expect(decideDue('run-once', grace, at(10, 40, 70), now)).toEqual([
      { dueAt: 70 * minute, kind: 'late', missed: 2 },
    ]);
  });

  it('run-once: the run that is on time stands for those that are late', () => {
    expect(decideDue('run-once', grace, at(10, 40, 98), now)).toEqual([
      { dueAt: 98 * minute, kind: 'on-time', missed: 2 },
    ]);
  });

  it('run-all: runs every one, oldest first', () => {
    expect(decideDue('run-all', grace, at(10, 40, 98), now)).toEqual([
      { dueAt: 10 * minute, kind: 'late', missed: 0 },
      { dueAt: 40 * minute, kind: 'late', missed: 0 },
      { dueAt: 98 * minute, kind: 'on-time', missed: 0 },
    ]);
  });

  it('run-all: never floods the queue, and counts what it leaves out', () => {
    const due = Array.from({ length: 20_000 }, (_, index) => index);
    const decisions = decideDue('run-all', grace, due, now);
    expect(decisions.map(({ dueAt }) => dueAt)).toEqual(due.slice(-100));
    expect(decisions[0]?.missed).toBe(19_900);
  });

  it('decides nothing where nothing is due', () => {
    expect(decideDue('run-once', grace, [], now)).toEqual([]);
  });

  it('decides about every due time, and marks exactly those that are later than the grace', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('skip' as const, 'run-once' as const, 'run-all' as const),
        fc.uniqueArray(fc.integer({ min: 0, max: now })),
        (policy, due) => {
          const decisions = decideDue(
            policy,
            grace,
            due.toSorted((one, other) => one - other),
            now,
          );
          expect(decisions.every(({ dueAt, kind }) => (kind === 'on-time') === now - dueAt <= grace)).toBe(true);
          expect(decisions.reduce((sum, { missed }) => sum + 1 + missed, 0)).toBe(due.length);
          expect(decisions.length).toBeLessThanOrEqual(policy === 'run-all' ? 100 : 2);
        },
      ),
    );
  });
});
