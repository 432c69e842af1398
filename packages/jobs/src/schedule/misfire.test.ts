import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideDue } from './misfire.ts';

const minute = 60_000;
const grace = 5 * minute;
const now = 100 * minute;
const at = (...minutes: readonly number[]) => minutes.map((value) => value * minute);

describe('decideDue', () => {
  it('runs a due time within the grace as on time, whatever the policy', () => {
    for (const policy of ['skip', 'once', 'all'] as const) {
      expect(decideDue(policy, grace, at(96), now)).toEqual({
        run: [{ dueAt: 96 * minute, misfire: false }],
        skipped: undefined,
        missed: 0,
      });
    }
  });

  it('skip: leaves out what is late, and reports the newest of it', () => {
    expect(decideDue('skip', grace, at(10, 40, 70), now)).toEqual({ run: [], skipped: 70 * minute, missed: 3 });
  });

  it('once: runs the newest in place of all that is late', () => {
    expect(decideDue('once', grace, at(10, 40, 70), now)).toEqual({
      run: [{ dueAt: 70 * minute, misfire: true }],
      skipped: undefined,
      missed: 3,
    });
  });

  it('once: the run that is on time stands for those that are late', () => {
    expect(decideDue('once', grace, at(10, 40, 98), now).run).toEqual([{ dueAt: 98 * minute, misfire: false }]);
  });

  it('all: runs every one, oldest first', () => {
    expect(decideDue('all', grace, at(10, 40, 98), now).run).toEqual([
      { dueAt: 10 * minute, misfire: true },
      { dueAt: 40 * minute, misfire: true },
      { dueAt: 98 * minute, misfire: false },
    ]);
  });

  it('all: never floods the queue', () => {
    const due = Array.from({ length: 20_000 }, (_, index) => index);
    const { run, missed } = decideDue('all', grace, due, now);
    expect(run.map(({ dueAt }) => dueAt)).toEqual(due.slice(-100));
    expect(missed).toBe(20_000);
  });

  it('decides nothing where nothing is due', () => {
    expect(decideDue('once', grace, [], now)).toEqual({ run: [], skipped: undefined, missed: 0 });
  });

  it('marks as misfires exactly the runs that are later than the grace', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('skip' as const, 'once' as const, 'all' as const),
        fc.uniqueArray(fc.integer({ min: 0, max: now })),
        (policy, due) => {
          const sorted = due.toSorted((one, other) => one - other);
          const { run, missed } = decideDue(policy, grace, sorted, now);
          expect(run.every(({ dueAt, misfire }) => misfire === now - dueAt > grace)).toBe(true);
          expect(missed).toBe(due.filter((dueAt) => now - dueAt > grace).length);
          expect(run.length).toBeLessThanOrEqual(policy === 'all' ? 100 : 1);
        },
      ),
    );
  });
});
