import { connect } from '../../packages/deployment/src/cloud-cluster.ts';
import { cloudUpgrade } from '../../packages/deployment/src/cloud-upgrade.ts';
import { Cluster } from '../../packages/deployment/src/cluster.ts';
import { describeLock, findLock } from '../../packages/deployment/src/lock.ts';
import { revisionToReturnTo, servingRevision } from '../../packages/deployment/src/release-history.ts';
import type { Target } from '../../packages/deployment/src/targets.ts';
import { setOutput, summarise, surroundings } from './workflow.ts';

/** What {@link rememberRevision} gives where nothing serves yet. */
const none = 'none';

/**
 * Says which revision serves now, for the way back, and frees the release of an upgrade that was interrupted. Done
 * before anything is changed, in a step of its own, so that it is known whatever happens afterwards.
 * @throws Error where somebody deploys by command: what helm has not ended is then theirs
 */
export async function rememberRevision(target: Target): Promise<void> {
  await connect(surroundings, target);
  const cluster = new Cluster(surroundings, target);
  // A runner sees no process of whoever holds it.
  const held = await findLock(cluster, { host: '', isAlive: () => false, end: async () => false });
  if (held !== undefined)
    throw new Error(`${cluster.namespace} is ${describeLock(held)}: daytrade deploy unlock frees it`);
  const before = servingRevision(await cluster.history());
  setOutput('revision', before === undefined ? none : String(before));
  const mended = await cluster.mend(await cluster.history(), before);
  if (mended === undefined) return;
  console.error(mended);
  const now = servingRevision(await cluster.history());
  setOutput('revision', now === undefined ? none : String(now));
}

/**
 * Rolls out an image by its digest and waits for it: the chart migrates the database before any pod changes, and each
 * pod is replaced when the new one is ready. Then the chart's test asks every service.
 */
export async function rollOut(target: Target, digest: string): Promise<void> {
  const outputs = await connect(surroundings, target);
  const cluster = new Cluster(surroundings, target);
  await cluster.upgrade(await cloudUpgrade(surroundings, target, outputs, digest), 900);
  await cluster.test();
  summarise(`Rolled out \`${digest}\` to ${cluster.namespace}`);
}

/**
 * Goes back to the revision that served before a deployment that failed, and asks every service again.
 * @param remembered what {@link rememberRevision} gave; empty where the deployment did not come that far
 * @throws Error after a first installation, which has nothing to go back to
 */
export async function rollBack(target: Target, remembered: string): Promise<void> {
  if (remembered === '') {
    summarise('Nothing to roll back: the deployment failed before it reached the cluster');
    return;
  }
  if (remembered === none) {
    throw new Error('no earlier revision: a first installation stays as it is, for a look; mend it and deploy again');
  }
  const before = Number(remembered);
  await connect(surroundings, target);
  const cluster = new Cluster(surroundings, target);
  const revision = revisionToReturnTo(await cluster.history(), before);
  if (revision === undefined) {
    summarise(`Revision ${before} still serves: the deployment failed before it changed anything`);
    return;
  }
  await cluster.rollBackTo(revision);
  await cluster.test();
  summarise(`Rolled back to revision ${revision}`);
}
