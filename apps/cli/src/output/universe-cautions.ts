import type { UniverseUsed } from '@daytrade/contracts';
import { count, quantity } from './format.ts';

/** Lists the cautions about the set of symbols: whose members at which time, and how many lack bars. */
export function universeCautions({
  universe,
  ofItsTime,
  knownFrom,
  withoutBars,
  someWithoutBars,
}: UniverseUsed): readonly string[] {
  const known = knownFrom === null ? '' : `, known from ${knownFrom} on`;
  const which = ofItsTime
    ? `Universe of its time: the members of ${universe} at each session${known}.`
    : `Universe of today: the newest members of ${universe} at all sessions. Who left or was delisted is missing, ` +
      'which flatters the figures.';
  if (withoutBars === 0) return [which];
  const some = someWithoutBars.slice(0, 3).join(', ');
  const more = withoutBars > 3 ? ` and ${count(withoutBars - 3)} more` : '';
  const lacking = `${quantity(withoutBars, 'member has', 'members have')} no bars here (${some}${more})`;
  return [which, `${lacking}: the figures are without them.`];
}
