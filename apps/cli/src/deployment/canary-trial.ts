import { setTimeout as wait } from 'node:timers/promises';
import { CanaryCollector, judgeCanary, runCanary } from '@daytrade/canary';
import { type CanaryStep, type CanaryTrial, MlPods, type RunningCanary, type Upgrade } from '@daytrade/deployment';
import { askWithToken } from '../canary/ask-with-token.ts';
import type { CanaryOptions } from './canary-options.ts';
import type { OpenDeployment } from './open-deployment.ts';

/** A version that is tried beside the one that serves, judged by what both answer. */
export function canaryTrial(
  { cluster, say }: OpenDeployment,
  { settings, mostIntervals, probes, forced }: CanaryOptions,
  { upgrade, waitSeconds, signal }: Pick<CanaryTrial, 'upgrade' | 'waitSeconds'> & { readonly signal: AbortSignal },
): CanaryTrial {
  const judge: CanaryTrial['judge'] = async (canary) => {
    const pods = new MlPods(cluster);
    try {
      const collector = new CanaryCollector({
        ask: askWithToken(await pods.token(), signal),
        now: Date.now,
        stable: () => pods.addresses('stable'),
        canary: () => pods.addresses('canary'),
        probes,
      });
      return await judged(canary, collector);
    } finally {
      pods.close();
    }
  };
  const judged = async ({ plan, setWeight }: RunningCanary, collector: CanaryCollector) => {
    const { stepWeight, maxWeight } = plan;
    const steps: CanaryStep[] = [];
    const { action, reason, history } = await runCanary(
      {
        clock: { sleep: (seconds) => wait(1_000 * seconds, undefined, { signal }) },
        setWeight: async (percent) => {
          await setWeight(percent);
          // What was answered before the step does not count.
          if (percent > 0) await collector.start();
        },
        measure: (weight) => collector.measure(weight),
        judge: (intervals) => judgeCanary(intervals, { ...settings, stepWeight, maxWeight }, { forced }),
        report: (decision, { weight }) => {
          say(`canary at ${weight} %: ${decision.action}: ${decision.reason}`);
          if (decision.action === 'hold') return;
          steps.push({ weight, action: decision.action, reason: decision.reason });
        },
      },
      { ...settings, stepWeight, maxWeight },
      mostIntervals,
    );
    const weight = history.at(-1)?.weight ?? 0;
    if (steps.at(-1)?.action !== action) steps.push({ weight, action, reason });
    return { action, reason, steps, intervals: history.length };
  };
  return { upgrade, steps: settings, waitSeconds, judge };
}

/** The same upgrade, after which no canary runs. */
export function withoutCanary(upgrade: Upgrade): Upgrade {
  return { ...upgrade, set: [...upgrade.set, 'canary.enabled=false'] };
}
