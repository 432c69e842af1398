import type { ClosedPair } from '../canary-interval.ts';
import type { CanarySettings } from '../canary-settings.ts';
import { type Finding, percent } from '../finding.ts';
import { betweenLimits, type Chances } from '../statistics/between-limits.ts';

/**
 * Whether the canary's intervals miss more closes than the stable ones, on the same closes. Paired (McNemar): closes
 * that both missed, as on a day when the market fell, say nothing of the difference.
 */
export function judgeCoverage(closed: readonly ClosedPair[], settings: CanarySettings, chances: Chances): Finding {
  const count = closed.length;
  if (count === 0) return { criterion: 'coverage', verdict: 'none', text: 'no session is over yet' };
  const sessions = new Set(closed.map(({ session }) => session)).size;
  const missed = (version: 'stable' | 'canary') => closed.filter((pair) => !holds(pair[version], pair.close)).length;
  const differing = closed.filter(({ stable, canary, close }) => holds(stable, close) !== holds(canary, close)).length;
  const excess = (missed('canary') - missed('stable')) / count;
  // One more that differs in each direction (Agresti, Min 2005): none that differs is not a deviation of 0.
  const variance = (differing + 2) / (count + 2) - excess ** 2;
  const alike = 1 + (count / sessions - 1) * settings.clustering.misses;
  const error = Math.sqrt((variance * alike) / count);
  const covered = (version: 'stable' | 'canary') => percent(1 - missed(version) / count);
  return {
    criterion: 'coverage',
    verdict: betweenLimits(settings.limits.coverage, (limit) => (excess - limit) / error, chances),
    text: `closes inside: ${covered('canary')}, stable ${covered('stable')}, ${count} of ${sessions} sessions`,
  };
}

function holds({ lower, upper }: ClosedPair['stable'], close: number): boolean {
  return lower <= close && close <= upper;
}
