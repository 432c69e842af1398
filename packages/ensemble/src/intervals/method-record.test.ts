import { describe, expect, it } from 'vitest';
import { MethodRecord } from './method-choice.ts';

function recordOf(sessions: number, inside: number): MethodRecord {
  const record = new MethodRecord();
  for (let t = 0; t < sessions; t += 1) record.observe(inside, 1000);
  return record;
}

describe('the objective that decides about demotion', () => {
  it('is not judged before 250 sessions', () => {
    expect(recordOf(249, 0)).toMatchObject({ broken: false, strain: 0, coverage: undefined });
    expect(recordOf(250, 0).broken).toBe(true);
  });

  it('is broken below 0.915 and above 0.945', () => {
    expect(recordOf(250, 914).broken).toBe(true);
    expect(recordOf(250, 915).broken).toBe(false);
    expect(recordOf(250, 945).broken).toBe(false);
    expect(recordOf(250, 946).broken).toBe(true);
  });

  it('strains the coverage the further it is on its way to a bound', () => {
    expect(recordOf(250, 930).strain).toBe(0);
    expect(recordOf(250, 915).strain).toBeCloseTo(1, 12);
  });

  it('looks at the newest 250 sessions only, and leaves out sessions without an outcome', () => {
    const record = recordOf(250, 0);
    for (let t = 0; t < 250; t += 1) record.observe(930, 1000);
    record.observe(0, 0);
    expect(record.coverage).toBeCloseTo(0.93, 12);
  });

  it('goes on from its state', () => {
    const record = new MethodRecord(recordOf(249, 930).state());
    record.observe(930, 1000);
    expect(record.coverage).toBeCloseTo(0.93, 12);
  });
});
