import type { Check } from '@daytrade/deployment';
import { phaseAt } from '@daytrade/market';

const open = new Set(['morning', 'lunch', 'afternoon', 'pre-closing']);

/** Production is not changed while the exchange is open, unless somebody insists. */
export function marketHoursCheck(environment: string, now: number, insists: boolean): Check {
  const name = 'market hours';
  const { phase } = phaseAt(now);
  if (environment !== 'production') return { name, ok: true, message: `${phase}; only production waits for the close` };
  if (!open.has(phase)) return { name, ok: true, message: phase };
  if (insists) return { name, ok: true, message: `${phase}, in a trading session: as it was asked for` };
  const mend = 'deploy after the close, or insist with --in-session';
  return { name, ok: false, message: `${phase}: the exchange is in its session`, mend };
}
