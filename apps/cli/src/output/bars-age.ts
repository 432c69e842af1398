import type { BarsAge } from '@daytrade/contracts';
import { count } from './format.ts';

/**
 * How old the newest bars are, in words; undefined while nothing is missing.
 *
 * @example ageInWords(age)
 * // 'bars end 2024-10-16, 513 sessions (771 days) before the last finished session, 2026-11-26'
 */
export function ageInWords(age: BarsAge | null): string | undefined {
  if (age === null || age.sessionsBehind === 0) return undefined;
  const { newest, lastFinishedSession, sessionsBehind, daysBehind } = age;
  return (
    `bars end ${newest}, ${some(sessionsBehind, 'session')} (${some(daysBehind, 'day')}) before the last finished ` +
    `session, ${lastFinishedSession}`
  );
}

function some(number: number, what: string): string {
  return `${count(number)} ${what}${number === 1 ? '' : 's'}`;
}
