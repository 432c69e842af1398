import type { CanaryInterval, PredictionPair } from '../canary-interval.ts';
import type { CanarySettings } from '../canary-settings.ts';
import { type Finding, percent } from '../finding.ts';

/**
 * Whether the canary predicts from older bars than the stable version, or not at all. Not by a test of chance: in one
 * interval it may have been caught while bars came in, in two in a row it was not.
 */
export function judgeStaleness(history: readonly CanaryInterval[], settings: CanarySettings): Finding {
  const [newest, before] = history.slice(-2).reverse();
  const { pairs } = newest!;
  if (pairs.length < settings.minSymbols) {
    const text = `${pairs.length} symbols predicted by the stable version, ${settings.minSymbols} are needed`;
    return { criterion: 'staleness', verdict: 'none', text };
  }
  const isStale = (interval: CanaryInterval | undefined) =>
    interval !== undefined && staleShare(interval.pairs) > settings.limits.stale.tolerated;
  const now = isStale(newest);
  return {
    criterion: 'staleness',
    verdict: now ? (isStale(before) ? 'bad' : 'open') : 'good',
    text:
      `predictions of older bars, or none: ${percent(staleShare(pairs))} of ${pairs.length} symbols` +
      (now && isStale(before) ? ', for two intervals' : ''),
  };
}

function staleShare(pairs: readonly PredictionPair[]): number {
  const stale = pairs.filter(({ stable, canary }) => canary === undefined || canary.lastSession < stable.lastSession);
  return pairs.length === 0 ? 0 : stale.length / pairs.length;
}
