import { tradeDateSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { ageInWords } from './bars-age.ts';

const age = {
  newest: tradeDateSchema.parse('2024-10-16'),
  lastFinishedSession: tradeDateSchema.parse('2026-11-26'),
  sessionsBehind: 513,
  daysBehind: 771,
};

describe('the age of bars in words', () => {
  it('names the newest bar and the last finished session, and how far they are apart', () => {
    expect(ageInWords(age)).toBe(
      'bars end 2024-10-16, 513 sessions (771 days) before the last finished session, 2026-11-26',
    );
    const one = { ...age, newest: tradeDateSchema.parse('2026-11-25'), sessionsBehind: 1, daysBehind: 1 };
    expect(ageInWords(one)).toContain('1 session (1 day) before');
  });

  it('has nothing to say when no session is missing, or no bar is there', () => {
    expect(ageInWords({ ...age, sessionsBehind: 0, daysBehind: 0 })).toBeUndefined();
    expect(ageInWords(null)).toBeUndefined();
  });
});
