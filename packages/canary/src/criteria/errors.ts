import type { CanarySettings } from '../canary-settings.ts';
import { type Finding, percent } from '../finding.ts';
import { betweenLimits, type Chances } from '../statistics/between-limits.ts';
import { excessShare } from '../statistics/excess-share.ts';
import type { ComparedTraffic } from './traffic.ts';

/** Whether more of the canary's answers are errors. */
export function judgeErrors({ stable, canary }: ComparedTraffic, settings: CanarySettings, chances: Chances): Finding {
  const [ours, others] = [canary, stable].map(({ errors, requests }) => ({ hits: errors, count: requests }));
  const above = (limit: number) => excessShare(ours!, others!, limit, settings.clustering.errors);
  const share = ({ errors, requests }: typeof canary) =>
    `${errors} of ${requests} (${percent(errors / Math.max(1, requests))})`;
  return {
    criterion: 'errors',
    verdict: betweenLimits(settings.limits.errors, above, chances),
    text: `failed requests: ${share(canary)}, stable ${share(stable)}`,
  };
}
