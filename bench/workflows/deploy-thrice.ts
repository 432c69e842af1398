import { makeNamespace, ownNamespace, removeNamespace } from '../../tests/kubernetes/cluster/namespaces.ts';
import { neverReady } from './broken-image.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import type { Deployment } from './rows.ts';
import type { ActRun } from './run-act.ts';
import { digestInRegistry, servedDigests } from './served-digest.ts';

/** How long helm waits for pods that never get ready, in the place of the workflow's fifteen minutes. */
const impatient = ['--timeout', '150s'];

/** Where and how an environment is deployed. */
interface Course {
  /** The registry of this machine. */
  readonly registry: string;
  /** The images of the cluster, once they are there. */
  readonly images: Promise<void>;
  /** Whether an image that never gets ready comes last. */
  readonly fails: boolean;
  readonly progress: (message: string) => void;
}

/** Deploys an environment, deploys the same commit again, and then what never gets ready. */
export async function deployThrice(deployed: DeployedEnvironment, course: Course): Promise<readonly Deployment[]> {
  const { namespace, turn, name } = deployed;
  const ended = new AbortController();
  const ready = turn.whenTaken(name, ended.signal, async () => {
    await course.images;
    await removeNamespace(namespace);
    // On AWS an administrator makes it; on Azure the workflow does.
    if (deployed.target.cloud === 'aws') await makeNamespace(namespace);
  });
  // What went wrong there is said at the end.
  ready.catch(() => undefined);
  try {
    const first = await judge(deployed, 'first', deployed.head, course);
    if (first.run.exitCode !== 0) return [first];
    await ownNamespace(namespace);
    const second = await judge(deployed, 'second', deployed.head, course);
    if (!course.fails || second.run.exitCode !== 0) return [first, second];
    const before = deployed.head;
    deployed.commit('infrastructure/docker/Dockerfile', neverReady);
    return [first, second, await judge(deployed, 'failed', before, course, impatient)];
  } finally {
    ended.abort();
    await ready;
    await turn.release(name, async () => {
      await ownNamespace(namespace).catch(() => undefined);
      await removeNamespace(namespace);
    });
  }
}

/**
 * Runs the workflow, and asks cluster and registry what came of it.
 *
 * @param serving commit whose image should serve then
 */
async function judge(
  deployed: DeployedEnvironment,
  what: Deployment['what'],
  serving: string,
  { registry, progress }: Course,
  upgrading: readonly string[] = [],
): Promise<Deployment> {
  const title = `${deployed.name}, ${what}`;
  progress(title);
  const run = await deployed.run(title.replaceAll(/\W+/g, '-'), upgrading);
  progress(`${title}: exit code ${run.exitCode}; ${jobsOf(run)}`);
  const digest = await digestInRegistry(registry, serving).catch(() => 'not in the registry');
  const served = run.exitCode === 0 || what === 'failed' ? await servedDigests(deployed.namespace) : [];
  return { name: deployed.name, what, run, digest, served };
}

function jobsOf({ jobs }: ActRun): string {
  return jobs.map(({ id, result, seconds }) => `${id} ${result} ${seconds.toFixed(0)} s`).join(', ');
}
