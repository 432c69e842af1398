import type { CanaryInterval } from './canary-interval.ts';
import type { CanarySettings } from './canary-settings.ts';
import type { Decision } from './judge-canary.ts';

/** Time, as the caller has it. */
export interface CanaryClock {
  /** Resolves when that many seconds have passed. */
  readonly sleep: (seconds: number) => Promise<void>;
}

/** What a release needs of its surroundings. */
export interface CanaryRelease {
  readonly clock: CanaryClock;
  /** What both versions did since the last call. It throws only where the stable version cannot be asked. */
  readonly measure: (weight: number) => Promise<CanaryInterval>;
  /** Gives the canary that percentage of the requests; resolves once it holds. */
  readonly setWeight: (percent: number) => Promise<void>;
  /** `(history) => judgeCanary(history, settings)`, or another judge. */
  readonly judge: (history: readonly CanaryInterval[]) => Decision;
  /** Is called with every decision, for a log or a record. */
  readonly report?: (decision: Decision, interval: CanaryInterval) => void;
}

/** How a release ended, with everything that it was decided by. */
export interface CanaryOutcome {
  readonly action: 'promote' | 'roll-back';
  readonly reason: string;
  readonly history: readonly CanaryInterval[];
}

/**
 * Takes a canary that runs beside the stable version through its steps: sets the weight, waits an interval, measures,
 * judges, and again. It returns with weight 0 after a rollback, and with the last weight after `promote`: the caller
 * then makes the canary the stable version. Whatever throws on the way, the weight is set to 0 before it is thrown on.
 *
 * @param maxIntervals after how many intervals without an end the release is rolled back
 *
 * @example
 * const { action, reason } = await runCanary(
 *   { clock, measure, setWeight, judge: (history) => judgeCanary(history, usualCanary) },
 *   usualCanary,
 * );
 */
export async function runCanary(
  { clock, measure, setWeight, judge, report }: CanaryRelease,
  { interval, stepWeight, maxWeight }: CanarySettings,
  maxIntervals = 100,
): Promise<CanaryOutcome> {
  const history: CanaryInterval[] = [];
  let weight = Math.min(stepWeight, maxWeight);
  try {
    await setWeight(weight);
    while (history.length < maxIntervals) {
      await clock.sleep(interval);
      const measured = await measure(weight);
      history.push(measured);
      const decision = judge(history);
      report?.(decision, measured);
      const { action, reason } = decision;
      if (action === 'promote') return { action, reason, history };
      if (action === 'roll-back') {
        await setWeight(0);
        return { action, reason, history };
      }
      if (decision.action === 'advance') {
        weight = decision.weight;
        await setWeight(weight);
      }
    }
  } catch (error) {
    await setWeight(0);
    throw error;
  }
  await setWeight(0);
  return { action: 'roll-back', reason: `no decision within ${maxIntervals} intervals`, history };
}
