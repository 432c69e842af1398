import type { Cluster, Upgrade } from '../cluster.ts';
import { DeploymentError } from '../deployment-error.ts';
import type { RunOptions } from '../programs.ts';
import { canaryMark } from '../release-history.ts';
import type { CanaryCourse } from '../releases.ts';
import { type CanaryPlan, type CanarySteps, canarySteps, planCanary, servingPods, shareText } from './canary-plan.ts';
import { canaryPods, realShare } from './canary-shares.ts';

/** A canary that runs beside the version that serves. */
export interface RunningCanary {
  readonly plan: CanaryPlan;
  /** Gives it that percentage of the requests; resolves once its pods are ready. */
  readonly setWeight: (percent: number) => Promise<void>;
}

/** What became of a canary. */
export interface CanaryVerdict extends CanaryCourse {
  readonly action: 'promote' | 'roll-back';
  readonly reason: string;
}

/** A version that is tried beside the one that serves before it takes its place. */
export interface CanaryTrial {
  /** What is rolled out at the end. */
  readonly upgrade: Upgrade;
  readonly steps: CanarySteps;
  /** How long to wait until its pods are ready. */
  readonly waitSeconds: number;
  /** Takes it through its steps and judges it; whatever it throws ends the canary. */
  readonly judge: (canary: RunningCanary) => Promise<CanaryVerdict>;
}

/** What a canary reports while it goes on. */
export interface CanaryTeller {
  /** Says what begins. @throws DeploymentError `locked` where the environment is another's by now */
  readonly step: (name: string) => Promise<void>;
  /** Hears of the process of what it has begun. */
  readonly helmRuns: (name: string) => NonNullable<RunOptions['onStart']>;
}

/**
 * Installs a version as canary and takes it through its steps.
 * @returns its verdict: to promote it
 * @throws DeploymentError `failed` where it is judged bad; it then has no requests, and is still installed
 */
export async function runCanaryRelease(
  cluster: Cluster,
  { upgrade, steps, waitSeconds, judge }: CanaryTrial,
  { step, helmRuns }: CanaryTeller,
): Promise<CanaryVerdict> {
  const plan = await planCanary(cluster, upgrade, steps);
  const { by, image } = plan;
  const installing = `canary ${image}: ${canarySteps(plan).join('; ')}`;
  await step(installing);
  const described = (weight: string) => ['--description', `${canaryMark}${image} at ${weight}`];
  const options = [...upgrade.options, ...described('0 %')];
  await cluster.upgrade({ ...plan.upgrade, options }, waitSeconds, helmRuns(installing));
  const setWeight = async (percent: number) => {
    // The pods that serve may have become more or fewer.
    const pods = percent === 0 ? plan.pods : (await servingPods(cluster)).pods;
    const weight = shareText(realShare(by, pods, percent));
    const name = `canary ${image} at ${weight}`;
    await step(name);
    const set = [`canary.weight=${percent},canary.replicaCount=${canaryPods(by, pods, percent)}`];
    // Hooks migrate and reconcile, which the first upgrade of the canary has done.
    const again = { files: [], set, options: ['--reuse-values', '--no-hooks', ...described(weight)] };
    if (percent > 0) return await cluster.upgrade(again, waitSeconds, helmRuns(name));
    // What takes the requests away from a bad version is not interrupted, and does not wait for its pods. Where it
    // fails, the way back takes them away: it must not take the place of what the version was judged by.
    const taken = cluster.uninterrupted.upgrade(again, undefined, helmRuns(name));
    await taken.catch(({ message }: Error) => step(`${name}: left to the way back, since ${message}`));
  };
  const verdict = await judge({ plan, setWeight });
  if (verdict.action === 'promote') return verdict;
  const { intervals, steps: taken, reason } = verdict;
  throw new DeploymentError('failed', `the canary ${image} was judged bad: ${reason}`, {
    canary: { intervals, steps: taken },
  });
}
