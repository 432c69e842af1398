import { isRecord, parse, UnreadableError } from './read-plan.ts';

/** What a plan may do to a guarded object. `destroy` does not cover `replace`, nor the other way round. */
export type GuardedAction = 'replace' | 'destroy';

/** A loss that somebody decided on. */
export interface Allowance {
  /** The exact address, such as `module.data.aws_db_instance.main[0]`; no patterns. */
  readonly address: string;
  readonly action: GuardedAction;
  readonly reason: string;
  /** The last day on which it counts, `YYYY-MM-DD`. */
  readonly until: string;
}

/**
 * Reads `{ "allowed": [{ "address", "action", "reason", "until" }] }`.
 * @throws UnreadableError naming the entry and what is wrong with it
 */
export function readAllowList(text: string, file: string): Allowance[] {
  const content = parse(text, file);
  if (!isRecord(content) || !Array.isArray(content.allowed)) {
    throw new UnreadableError(`${file} is not an allow-list: expected { "allowed": [ … ] }`);
  }
  return content.allowed.map((entry: unknown, index) => readAllowance(entry, `${file}: entry ${index + 1}`));
}

function readAllowance(entry: unknown, where: string): Allowance {
  const { address, action, reason, until } = isRecord(entry) ? entry : {};
  if (typeof address !== 'string' || !/^[\w.-]+(\["[^"]+"\]|\[\d+\]|[\w.-]+)*$/.test(address)) {
    throw new UnreadableError(`${where}: "address" must be one exact resource address, without patterns`);
  }
  if (action !== 'replace' && action !== 'destroy') {
    throw new UnreadableError(`${where}: "action" must be "replace" or "destroy"`);
  }
  if (typeof reason !== 'string' || reason.trim().length < 10) {
    throw new UnreadableError(`${where}: "reason" must say in at least 10 characters why the loss is wanted`);
  }
  if (typeof until !== 'string' || !isDay(until)) {
    throw new UnreadableError(`${where}: "until" must be the last day on which it counts, as YYYY-MM-DD`);
  }
  return { address, action, reason, until };
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}
