import {
  applyPlan,
  type Check,
  type CloudName,
  changeRelease,
  cloudPreflight,
  cloudUpgrade,
  clusterPreflight,
  connect,
  DeploymentError,
  guardPlan,
  makePlanFile,
  type Plan,
  type ReleaseRecord,
  whileHeld,
} from '@daytrade/deployment';
import type { CanaryOptions } from './canary-options.ts';
import { canaryTrial, withoutCanary } from './canary-trial.ts';
import { checkLines, demandAll } from './check-report.ts';
import { canaryCheck } from './kubernetes-deployment.ts';
import { marketHoursCheck } from './market-hours.ts';
import type { OpenDeployment } from './open-deployment.ts';
import { ownProcesses } from './processes.ts';

type Options = Readonly<Record<string, unknown>>;

/** What a deployment into a cloud came to. */
export interface CloudDeployed {
  readonly checks: readonly Check[];
  readonly plan: Plan;
  /** Whether the plan was applied; not where it changes nothing, or nobody said yes. */
  readonly applied: boolean;
  /** undefined where nobody said yes. */
  readonly record?: ReleaseRecord;
}

/**
 * Deploys an environment into a cloud: plan and guard, and with `--yes` that very plan applied, then the image rolled
 * out into the environment's cluster.
 * @param digest of an image in the environment's registry
 * @param canary how it is tried beside the version that serves; undefined: it is rolled out at once
 */
export async function deployIntoCloud(
  open: OpenDeployment,
  { cloud, digest, canary, signal }: { cloud: CloudName; digest: string; canary?: CanaryOptions; signal: AbortSignal },
  options: Options,
): Promise<CloudDeployed> {
  const { surroundings, place, cluster, say, holder: holderOf } = open;
  const target = { environment: place.environment, cloud };
  const hours = marketHoursCheck(place.environment, Date.now(), options.inSession === true);
  const checks = [...(await cloudPreflight(surroundings, target)), hours];
  say(checkLines(checks));
  demandAll(checks);
  say('plan');
  const plan = await makePlanFile(surroundings, target);
  say(plan.summary);
  say('guard');
  await guardPlan(surroundings, target).catch((error: Error) => {
    throw new DeploymentError('failed', `the guard refuses the plan; nothing was applied: ${error.message}`);
  });
  if (options.yes !== true || options.dryRun === true) return { checks, plan, applied: false };
  if (plan.changes) {
    say('apply');
    await applyPlan(surroundings, target, plan.sha256);
  }
  say('connect');
  const outputs = await connect(surroundings, target);
  const takeOver = options.takeOver === true;
  const inCluster = await clusterPreflight(cluster, ownProcesses, takeOver);
  say(checkLines(inCluster));
  demandAll(inCluster);
  const asked = await cloudUpgrade(surroundings, target, outputs, digest);
  const upgrade = canary === undefined ? asked : withoutCanary(asked);
  const tried = canary === undefined ? [] : [await canaryCheck(open, upgrade, canary)];
  if (tried.length > 0) say(checkLines(tried));
  demandAll(tried);
  if (upgrade.options.includes('--create-namespace')) await cluster.makeNamespace();
  const what = `deploy to ${cloud}`;
  const holder = holderOf(what);
  const why = (options.why as string | undefined) ?? 'no reason given';
  const wait = Number(options.waitSeconds);
  const trial = canary && canaryTrial(open, canary, { upgrade, waitSeconds: wait, signal });
  const change = { who: holder.who, what, why, takeOver, canary: trial, now: Date.now, onStep: say };
  const record = await whileHeld(cluster, holder, { processes: ownProcesses, takeOver, say }, (lock) =>
    changeRelease(cluster, lock, change, (it, onStart) => it.upgrade(upgrade, wait, onStart)),
  );
  return { checks: [...checks, ...inCluster, ...tried], plan, applied: plan.changes, record };
}
