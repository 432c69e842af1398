import { describe, expect, it } from 'vitest';
import {
  byMethod,
  type EnsembleMethod,
  ensembleMethods,
  MethodChoice,
  MethodRecord,
  type SessionOutcome,
} from './method-choice.ts';

/** Sessions of 1,000 symbols in which every method covers 930, but for the changes. */
function after(
  sessions: number,
  changes: Partial<Record<EnsembleMethod, number>>,
  choice = new MethodChoice(),
): MethodChoice {
  const outcomes = byMethod((method): SessionOutcome => ({ inside: changes[method] ?? 930, judged: 1000 }));
  for (let t = 0; t < sessions; t += 1) choice.observe(outcomes);
  return choice;
}

const all = (inside: number) => byMethod(() => inside);

describe('the method that is published', () => {
  it('is the regime method while its coverage is inside the objective, whatever the others do', () => {
    expect(after(249, all(900)).published).toBe('ensemble-regime');
    expect(after(250, { 'ensemble-regime': 915 }).published).toBe('ensemble-regime');
    expect(after(250, { 'ensemble-regime': 945, 'ensemble-split': 930 }).published).toBe('ensemble-regime');
  });

  it('is the one closest to the target while the regime method is outside', () => {
    const outside = { ...all(916), 'ensemble-regime': 914, 'ensemble-quantile': 918 };
    expect(after(250, outside).published).toBe('ensemble-quantile');
  });

  it('falls back to the yardstick only when all are outside the objective, and comes back when it is inside again', () => {
    const oneLeft = after(250, { ...all(900), 'ensemble-split': 916 });
    expect(oneLeft.published).toBe('ensemble-split');
    const demoted = after(250, all(900));
    expect(demoted.published).toBe('har');
    expect(after(250, {}, demoted).published).toBe('ensemble-regime');
  });

  it('goes on from its state', () => {
    const next = new MethodChoice(after(249, { 'ensemble-regime': 900 }).state());
    expect(after(1, { 'ensemble-regime': 900 }, next).published).toBe('ensemble-split');
    expect(Object.keys(next.state().records)).toEqual([...ensembleMethods]);
  });
});

function recordOf(sessions: number, inside: number): MethodRecord {
  const record = new MethodRecord();
  for (let t = 0; t < sessions; t += 1) record.observe(inside, 1000);
  return record;
}

describe('the objective that decides about demotion', () => {
  it('strains the coverage the further it is on its way to a bound', () => {
    expect(recordOf(250, 930).strain).toBe(0);
    expect(recordOf(250, 915).strain).toBeCloseTo(1, 12);
    expect(recordOf(250, 945).strain).toBeCloseTo(1, 12);
    expect(recordOf(250, 940).strain).toBeCloseTo(2 / 3, 12);
    expect(recordOf(250, 900).strain).toBeCloseTo(2, 12);
    expect(recordOf(249, 900).strain).toBe(0);
  });

  it.each([
    [249, 0, false],
    [250, 914, true],
    [250, 915, false],
    [250, 945, false],
    [250, 946, true],
  ])('is broken after %i sessions with %i of 1,000 inside: %s', (sessions, inside, broken) => {
    expect(recordOf(sessions, inside).broken).toBe(broken);
  });

  it('looks at the newest 250 sessions only, and leaves out sessions without an outcome', () => {
    const record = recordOf(250, 0);
    for (let t = 0; t < 250; t += 1) record.observe(930, 1000);
    record.observe(0, 0);
    expect(record.coverage).toBeCloseTo(0.93, 12);
  });
});
