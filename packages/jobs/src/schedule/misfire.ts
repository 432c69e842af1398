import type { MisfirePolicy } from './schedule.ts';

/** With `run-all`, older due times than this many are left out: a year of downtime must not flood the queue. */
const mostRuns = 100;

/** What becomes of one due time, and of those before it for which it stands. */
export interface DueDecision {
  readonly dueAt: number;
  /** `late`: by more than the grace, and run nevertheless. `skipped`: late, and only written down. */
  readonly kind: 'on-time' | 'late' | 'skipped';
  /** Due times before it that have no entry of their own: it stands for them. */
  readonly missed: number;
}

/**
 * What to do with due times, of which those older than the grace are misfires. Each of them is in one of the decisions:
 * as its own, or as one that it stands for. Due times that are late without being misfires are run once, for the newest
 * of them, except under the policy `run-all`.
 *
 * @param due oldest first, none after `now`
 * @returns oldest first
 */
export function decideDue(
  policy: MisfirePolicy,
  graceMs: number,
  due: readonly number[],
  now: number,
): readonly DueDecision[] {
  const isLate = (dueAt: number) => now - dueAt > graceMs;
  if (policy === 'run-all') {
    const run = due.slice(-mostRuns);
    const leftOut = due.length - run.length;
    return run.map((dueAt, at) => ({
      dueAt,
      kind: isLate(dueAt) ? 'late' : 'on-time',
      missed: at === 0 ? leftOut : 0,
    }));
  }
  if (policy === 'run-once') return newestOf(due, (newest) => (isLate(newest) ? 'late' : 'on-time'));
  const late = due.filter(isLate);
  return [...newestOf(late, () => 'skipped'), ...newestOf(due.slice(late.length), () => 'on-time')];
}

/** One decision for all of them. */
function newestOf(due: readonly number[], kindOf: (newest: number) => DueDecision['kind']): DueDecision[] {
  const newest = due.at(-1);
  return newest === undefined ? [] : [{ dueAt: newest, kind: kindOf(newest), missed: due.length - 1 }];
}
