import type { Check } from '@daytrade/deployment';
import { DayTradeError } from '@daytrade/errors';

/** What a deployment needs, a line each, with the mend below what is not as it has to be. */
export function checkLines(checks: readonly Check[]): string {
  const lines = checks.map(({ name, ok, message, mend }) =>
    ok ? `ok   ${name}: ${message}` : `FAIL ${name}: ${message}${mend === undefined ? '' : `\n     mend: ${mend}`}`,
  );
  return lines.join('\n');
}

/** What is as it has to be once somebody else is done. */
const others = ['lock', 'release'];

/**
 * @throws DayTradeError `deployment.not-ready` naming everything that is missing, or `deployment.locked` where that is
 *   only that somebody else deploys
 */
export function demandAll(checks: readonly Check[]): void {
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.length === 0) return;
  const text = failed.map(({ name, message, mend }) => `${name}: ${message}; mend: ${mend}`).join('\n');
  const code = failed.every(({ name }) => others.includes(name)) ? 'deployment.locked' : 'deployment.not-ready';
  throw new DayTradeError(code, text, { details: { checks: failed } });
}
