import type { LatencyHistogram } from '../canary-interval.ts';
import type { CanarySettings } from '../canary-settings.ts';
import { type Finding, percent } from '../finding.ts';
import { boundFrom, countOf, medianOf, slowerThan } from '../latency.ts';
import { betweenLimits, type Chances } from '../statistics/between-limits.ts';
import { excessShare } from '../statistics/excess-share.ts';
import type { ComparedTraffic } from './traffic.ts';

/**
 * Whether more of the canary's answers are slow: slower than the stable median by what the limit allows. A share, not
 * a mean: latencies have tails that make a mean of thousands of requests the work of a few.
 */
export function judgeLatency({ stable, canary }: ComparedTraffic, settings: CanarySettings, chances: Chances): Finding {
  const { slow } = settings.limits;
  const bound = boundFrom(stable.latency, medianOf(stable.latency) + slow.slowerBySeconds);
  const shareOf = (latency: LatencyHistogram) => ({ hits: slowerThan(latency, bound), count: countOf(latency) });
  const [ours, others] = [shareOf(canary.latency), shareOf(stable.latency)];
  const above = (limit: number) => excessShare(ours, others, limit, settings.clustering.slow);
  const share = ({ hits, count }: typeof ours) => percent(hits / Math.max(1, count));
  const median = (latency: LatencyHistogram) => `${Math.round(1_000 * medianOf(latency))} ms`;
  return {
    criterion: 'latency',
    verdict: betweenLimits(slow, above, chances),
    text:
      `slower than ${bound} s: ${share(ours)}, stable ${share(others)}; ` +
      `median ${median(canary.latency)}, stable ${median(stable.latency)}`,
  };
}
