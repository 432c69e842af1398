import { connect } from '../../packages/deployment/src/cloud-cluster.ts';
import { cloudUpgrade } from '../../packages/deployment/src/cloud-upgrade.ts';
import { Cluster } from '../../packages/deployment/src/cluster.ts';
import { DeploymentError } from '../../packages/deployment/src/deployment-error.ts';
import { whileHeld } from '../../packages/deployment/src/held.ts';
import { describeLock, findLock, type Lock } from '../../packages/deployment/src/lock.ts';
import { revisionToReturnTo, servingRevision } from '../../packages/deployment/src/release-history.ts';
import type { Target } from '../../packages/deployment/src/targets.ts';
import { holderOf, isOwn, runner } from './holder.ts';
import { setOutput, summarise, surroundings } from './workflow.ts';

/** What {@link rememberRevision} gives where nothing serves yet. */
const none = 'none';

/** What {@link rollOut} gives in its place where the environment is somebody else's. */
const others = 'others';

/**
 * Says which revision serves now, for the way back, and frees the release of an upgrade that was interrupted. Done
 * before anything is changed, in a step of its own, so that it is known whatever happens afterwards.
 * @throws Error where somebody deploys by command: what helm has not ended is then theirs
 */
export async function rememberRevision(target: Target): Promise<void> {
  await connect(surroundings, target);
  const cluster = new Cluster(surroundings, target);
  const held = await findLock(cluster, runner);
  if (held !== undefined && !isOwn(held.holder))
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
 * @throws DeploymentError `locked` where somebody else deploys, or took this over: what they roll out is theirs to undo
 */
export async function rollOut(target: Target, digest: string): Promise<void> {
  const outputs = await connect(surroundings, target);
  const cluster = new Cluster(surroundings, target);
  const upgrade = await cloudUpgrade(surroundings, target, outputs, digest);
  if (upgrade.options.includes('--create-namespace')) await cluster.makeNamespace();
  await held(cluster, 'roll out', async (lock) => {
    await cluster.upgrade(upgrade, 900, helmOf(lock, 'roll out'));
    await lock.note('prove');
    await cluster.test();
  }).catch((error: unknown) => {
    if (error instanceof DeploymentError && error.kind === 'locked') setOutput('revision', others);
    throw error;
  });
  summarise(`Rolled out \`${digest}\` to ${cluster.namespace}`);
}

/**
 * Goes back to the revision that served before a deployment that failed, and asks every service again.
 * @param remembered what {@link rememberRevision} gave, or {@link rollOut} in its place; empty where the deployment did
 *   not come that far
 * @throws Error after a first installation, which has nothing to go back to
 */
export async function rollBack(target: Target, remembered: string): Promise<void> {
  if (remembered === '') {
    summarise('Nothing to roll back: the deployment failed before it reached the cluster');
    return;
  }
  if (remembered === others) {
    summarise('Nothing to roll back: somebody else deploys, or took the deployment over');
    return;
  }
  if (remembered === none) {
    throw new Error('no earlier revision: a first installation stays as it is, for a look; mend it and deploy again');
  }
  const before = Number(remembered);
  await connect(surroundings, target);
  const cluster = new Cluster(surroundings, target);
  await held(cluster, 'roll back', async (lock) => {
    const revision = revisionToReturnTo(await cluster.history(), before);
    if (revision === undefined) {
      summarise(`Revision ${before} still serves: the deployment failed before it changed anything`);
      return;
    }
    await cluster.rollBackTo(revision, helmOf(lock, 'roll back'));
    await lock.note('prove');
    await cluster.test();
    summarise(`Rolled back to revision ${revision}`);
  });
}

/**
 * Holds the environment as `daytrade deploy` does, so that neither works while the other one does. What an earlier job
 * of the same run left held, since it was cancelled, is taken over.
 * @throws DeploymentError `locked` naming who holds it
 */
async function held(cluster: Cluster, what: string, use: (lock: Lock) => Promise<void>): Promise<void> {
  const found = await findLock(cluster, runner);
  const takeOver = found !== undefined && isOwn(found.holder);
  const say = (line: string) => console.error(line);
  // Jobs of a run follow each other. Machines of the same name number their processes alike, so another one may have
  // the number of the one that is gone.
  const processes = takeOver ? { ...runner, isAlive: () => false } : runner;
  await whileHeld(cluster, holderOf(what), { processes, takeOver, say }, use);
}

/** Names the process of helm in the lock; where that cannot be written, the next step finds out why. */
function helmOf(lock: Lock, step: string): (pid: number) => void {
  return (pid) => void lock.note(step, { pid, name: 'helm' }).catch(() => undefined);
}
