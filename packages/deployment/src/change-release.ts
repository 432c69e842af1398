import { type CanaryTrial, runCanaryRelease } from './canary/run-canary-release.ts';
import type { Cluster } from './cluster.ts';
import { DeploymentError } from './deployment-error.ts';
import { describeContainers, type FailingContainer, failingContainers } from './failing-containers.ts';
import type { Lock } from './lock.ts';
import { failureLines, type RunOptions } from './programs.ts';
import {
  canaryRevision,
  pendingRevision,
  type Revision,
  revisionToReturnTo,
  servingRevision,
} from './release-history.ts';
import {
  type CanaryCourse,
  type ReleaseRecord,
  recordRelease,
  type Version,
  versionOf,
  versionTried,
} from './releases.ts';
import { whenAllTraffic } from './traffic.ts';

/** Who changes what serves, and why. */
export interface Change {
  readonly who: string;
  readonly what: string;
  readonly why: string;
  /** Whether what helm has not ended is taken for interrupted: else somebody may be at it without the lock. */
  readonly takeOver: boolean;
  /** The image that is to serve, where it is known; how soon it gets all requests is then measured. */
  readonly image?: string;
  /** How it is tried beside what serves before it is rolled out; undefined: it is rolled out at once. */
  readonly canary?: CanaryTrial | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Hears what begins. */
  readonly onStep: (step: string) => void;
}

/**
 * Changes what serves, proves that it does, and writes down what became of it. Whatever fails, also an interruption,
 * leads back to what served before.
 * @param roll rolls the other version out; it is given whom to tell its process
 * @returns the record of a change that serves
 * @throws DeploymentError `failed`, with the cause and the last lines of containers, when the old version serves;
 *   `locked` where another helm may be at work, and where somebody took the environment over, who has what is there
 */
export async function changeRelease(
  cluster: Cluster,
  lock: Lock,
  change: Change,
  roll: (cluster: Cluster, onStart: NonNullable<RunOptions['onStart']>) => Promise<void>,
): Promise<ReleaseRecord> {
  const { now, who, what, why } = change;
  const started = now();
  const at = new Date(started).toISOString();
  const step = async (name: string) => {
    change.onStep(name);
    await lock.note(name);
  };
  const history = await cluster.history();
  demandEnded(cluster, history, change);
  const helmRuns = (name: string) => (pid: number) =>
    void lock.note(name, { pid, name: 'helm' }).catch(() => undefined);
  const mended = await cluster.uninterrupted.mend(history, servingRevision(history), helmRuns('mend'));
  if (mended !== undefined) change.onStep(mended);
  const found = mended === undefined ? history : await cluster.history();
  const before = servingRevision(found);
  await endLeftCanary(cluster, found, step, helmRuns('end the canary'));
  const from = before === undefined ? null : await versionOf(cluster, before);
  let canary: CanaryCourse | undefined;
  const record = (end: Pick<ReleaseRecord, 'outcome' | 'to' | 'cause' | 'rolledOutSeconds' | 'trafficSeconds'>) =>
    recorded(cluster.uninterrupted, { at, seconds: (now() - started) / 1000, who, what, why, from, canary, ...end });
  try {
    if (change.canary !== undefined) {
      const { intervals, steps } = await runCanaryRelease(cluster, change.canary, {
        step,
        helmRuns,
      });
      canary = { intervals, steps };
    }
    await step('roll out');
    const began = now();
    const whole = new AbortController();
    const { image } = change;
    const isWatched = image !== undefined && image !== from?.image;
    const traffic = isWatched ? whenAllTraffic(cluster.uninterrupted, image, now, whole.signal) : undefined;
    await roll(cluster, helmRuns('roll out')).finally(() => whole.abort());
    const rolledOut = now();
    const rolledOutSeconds = (rolledOut - began) / 1000;
    // Helm may be done between two looks.
    const all = isWatched ? ((await traffic) ?? rolledOut) : undefined;
    const trafficSeconds = all === undefined ? undefined : (all - began) / 1000;
    await step('prove');
    await cluster.test();
    await step('promote');
    const serving = servingRevision(await cluster.history());
    if (serving === undefined || serving === before) throw new Error('helm has no new revision that serves');
    return await record({
      outcome: 'serving',
      to: await versionOf(cluster, serving),
      rolledOutSeconds,
      trafficSeconds,
    });
  } catch (error) {
    const there = cluster.uninterrupted;
    const containers = await failingContainers(there).catch(() => []);
    const cause = causeOf(error, containers);
    if (error instanceof DeploymentError) canary ??= error.details.canary as CanaryCourse | undefined;
    await step('go back');
    const back = await goBack(there, before, now, helmRuns('go back'));
    const ended = await record({ outcome: back.outcome, to: back.tried, cause });
    throw new DeploymentError('failed', `${cause}\n${back.words}`, {
      record: ended,
      containers,
      serving: back.serves,
    });
  }
}

/** Takes away a canary that an interrupted deployment left: nobody judges it any more. */
async function endLeftCanary(
  cluster: Cluster,
  history: readonly Revision[],
  step: (name: string) => Promise<void>,
  onStart: NonNullable<RunOptions['onStart']>,
): Promise<void> {
  const left = canaryRevision(history);
  const serving = servingRevision(history);
  if (left === undefined || serving === undefined) return;
  await step(`end the ${left.description} that was left`);
  await cluster.uninterrupted.rollBackTo(serving, onStart);
}

function demandEnded({ namespace }: Cluster, history: readonly Revision[], { takeOver }: Change): void {
  const pending = pendingRevision(history);
  if (pending === undefined || takeOver) return;
  const found = `revision ${pending.revision} of ${namespace} is under way (${pending.status})`;
  throw new DeploymentError('locked', `${found}: wait for its helm; where none runs any more, --take-over mends it`);
}

async function recorded(cluster: Cluster, record: ReleaseRecord): Promise<ReleaseRecord> {
  await recordRelease(cluster, record);
  return record;
}

interface WayBack {
  readonly outcome: 'rolled back' | 'failed';
  readonly words: string;
  readonly tried: Version | null;
  readonly serves: number | null;
}

/** Back to the revision that served, where another one was begun. */
async function goBack(
  cluster: Cluster,
  before: number | undefined,
  now: Change['now'],
  onStart: NonNullable<RunOptions['onStart']>,
): Promise<WayBack> {
  const history = await cluster.history();
  const newest = history.toSorted((a, b) => a.revision - b.revision).at(-1)?.revision;
  const begun = newest === undefined || newest === before ? undefined : newest;
  const tried = begun === undefined ? null : await versionTried(cluster, begun).catch(() => null);
  if (before === undefined) {
    const words = 'A first installation has nothing to go back to: it stays for a look; mend it and deploy again.';
    return { outcome: 'failed', words, tried, serves: null };
  }
  const revision = revisionToReturnTo(history, before);
  if (revision === undefined) {
    return { outcome: 'failed', words: `Nothing was changed: version ${before} serves.`, tried, serves: before };
  }
  const started = now();
  try {
    await cluster.rollBackTo(revision, onStart);
    const seconds = ((now() - started) / 1000).toFixed(1);
    await cluster.test();
    const words = `Rolled back: version ${before} serves again, ${seconds} s after the way back began.`;
    return { outcome: 'rolled back', words, tried, serves: before };
  } catch (error) {
    const words = `The way back to version ${before} failed as well: ${causeOf(error, [])}`;
    return { outcome: 'failed', words, tried, serves: null };
  }
}

function causeOf(error: unknown, containers: readonly FailingContainer[]): string {
  return [...failureLines(error), describeContainers(containers)].filter((line) => line !== '').join('\n');
}
