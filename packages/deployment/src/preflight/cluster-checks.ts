import type { Cluster, ClusterPlace, Upgrade } from '../cluster.ts';
import { describeLock, findLock, type Processes } from '../lock.ts';
import { ProgramFailure, type Programs } from '../programs.ts';
import { canaryRevision, pendingRevision, servingRevision } from '../release-history.ts';
import { imageOfPart } from '../rendered-image.ts';
import { bad, type Check, good } from './check.ts';
import { imagesOnNodes, type Nodes } from './images-on-nodes.ts';

/** What is to be rolled out, and who looks. */
export interface Intention {
  readonly cluster: Cluster;
  readonly place: ClusterPlace;
  readonly upgrade: Upgrade;
  /** Schema version that the version needs. */
  readonly schemaVersion: number;
  readonly processes: Processes;
  /** Whether a lock of a holder that is gone is to be taken over. */
  readonly takeOver: boolean;
}

/**
 * Whether the context is one of kubeconfig, and its cluster answers whoever asks.
 * @param programs which answer quickly: nothing is changed
 */
export async function contextCheck(programs: Programs, { context }: ClusterPlace): Promise<Check> {
  const name = 'context';
  const listed = (await programs.tryRead('kubectl', ['config', 'get-contexts', '--output', 'name'])) ?? '';
  const known = listed.split('\n').filter((line) => line !== '');
  const current = (await programs.tryRead('kubectl', ['config', 'current-context']))?.trim() ?? '';
  const chosen = context ?? current;
  const those = known.length === 0 ? 'kubeconfig has none' : `kubeconfig has ${known.join(', ')}`;
  if (chosen === '') return bad(name, `no context is chosen; ${those}`, 'name one with --context, or set KUBECONFIG');
  if (!known.includes(chosen)) {
    return bad(name, `there is no context ${chosen}; ${those}`, 'name one of them with --context, or set KUBECONFIG');
  }
  const server = await programs.tryRead('kubectl', [
    '--context',
    chosen,
    'config',
    'view',
    '--minify',
    '--output',
    'jsonpath={.clusters[0].cluster.server}',
  ]);
  const where = `${chosen}, ${server ?? 'of unknown address'}`;
  try {
    await programs.read('kubectl', ['--context', chosen, 'auth', 'can-i', 'get', 'pods', '--request-timeout', '10s']);
    return good(name, where);
  } catch (error) {
    const said = error instanceof ProgramFailure ? error.said.trim() : String(error);
    return bad(name, `${where}: ${lastLine(said) || 'does not answer'}`, mendOf(said));
  }
}

function mendOf(said: string): string {
  if (/Unauthorized|logged in|expired|credentials|ExecCredential|getting credentials/i.test(said)) {
    return 'the credentials of the context are refused or have expired: sign in again, and fetch them anew';
  }
  if (/x509|certificate/i.test(said)) return 'kubeconfig has another certificate than the cluster: fetch it anew';
  return 'start the cluster, or choose another context with --context';
}

const lastLine = (text: string) => text.split('\n').at(-1) ?? '';

/** What is asked of a cluster that answers. */
export const clusterChecks: readonly ((intention: Intention) => Promise<Check>)[] = [
  rightsCheck,
  valuesCheck,
  imageCheck,
  lockCheck,
  releaseCheck,
  migrationCheck,
];

/** Whether whoever deploys may make the objects of the chart. */
export async function rightsCheck({ cluster }: Pick<Intention, 'cluster'>): Promise<Check> {
  const wanted = ['deployments.apps', 'statefulsets.apps', 'secrets', 'configmaps', 'jobs.batch'];
  const answers = await Promise.all(
    wanted.map(async (kind) => {
      const answer = await cluster.programs.tryRead('kubectl', cluster.kubectl('auth', 'can-i', 'create', kind));
      return answer?.trim() === 'yes' ? [] : [kind];
    }),
  );
  const missing = answers.flat();
  if (missing.length === 0) return good('rights', `may change what is in ${cluster.namespace}`);
  const mend = `have an administrator bind the ClusterRole admin in ${cluster.namespace} to you`;
  return bad('rights', `may not create ${missing.join(', ')} in ${cluster.namespace}`, mend);
}

/** Whether the chart takes the values; helm says so without a cluster. */
export async function valuesCheck({ cluster, upgrade }: Intention): Promise<Check> {
  try {
    await cluster.render(upgrade);
    return good('values', upgrade.files.join(', '));
  } catch (error) {
    const said = error instanceof ProgramFailure ? error.said.trim() : String(error);
    return bad('values', said, 'correct the file of values or the option --set that the message names');
  }
}

/** An image is there when a node has it or a registry answers for it. */
async function imageCheck({ cluster, upgrade }: Intention): Promise<Check> {
  const name = 'image';
  const rendered = await cluster.render(upgrade).catch(() => '');
  const image = imageOfPart(rendered);
  if (image === undefined) return bad(name, 'the values cannot be rendered', 'correct the values first');
  const nodes = await cluster.programs.tryRead('kubectl', cluster.kubectl('get', 'nodes', '--output', 'json'));
  const names = nodes === undefined ? [] : imagesOnNodes(JSON.parse(nodes) as Nodes);
  if (names.some((found) => found === image || found.endsWith(`/${image}`))) return good(name, `${image}, on a node`);
  const there = await cluster.programs.tryRead('skopeo', ['inspect', '--no-tags', '--raw', `docker://${image}`]);
  if (there !== undefined) return good(name, `${image}, in its registry`);
  const mend =
    'push the image, or name one that is there with --image; skopeo login where the registry asks who you are';
  return bad(name, `${image}: neither on a node, nor does its registry answer for it (asked by skopeo)`, mend);
}

/** What serves, and what a helm that was interrupted left. */
export async function releaseCheck({ cluster, takeOver }: Pick<Intention, 'cluster' | 'takeOver'>): Promise<Check> {
  const history = await cluster.history();
  const serving = servingRevision(history);
  const pending = pendingRevision(history);
  const serves = serving === undefined ? 'nothing serves yet' : `version ${serving} serves`;
  const canary = canaryRevision(history);
  const left = canary === undefined ? '' : `; the ${canary.description} that was left is ended by the deployment`;
  if (pending === undefined) return good('release', `${serves}${left}`);
  const found = `${serves}; revision ${pending.revision} is under way or was interrupted (${pending.status})`;
  if (takeOver) return good('release', `${found}, which is mended by the deployment`);
  return bad('release', found, 'wait for its helm; where none runs any more, --take-over mends it');
}

/** Whether the environment may be taken. */
export async function lockCheck({
  cluster,
  processes,
  takeOver,
}: Pick<Intention, 'cluster' | 'processes' | 'takeOver'>): Promise<Check> {
  const found = await findLock(cluster, processes);
  if (found === undefined) return good('lock', 'free');
  if (takeOver && found.alive !== true) return good('lock', `${describeLock(found)}; it is taken over`);
  const mend = found.alive === true ? 'wait for it, or end it' : 'deploy with --take-over, or daytrade deploy unlock';
  return bad('lock', describeLock(found), mend);
}

async function migrationCheck({ cluster, schemaVersion }: Intention): Promise<Check> {
  const name = 'migrations';
  if (servingRevision(await cluster.history()) === undefined) {
    return good(name, `a new database gets schema version ${schemaVersion}`);
  }
  const status = ['/usr/local/bin/node', '/app/bundle/main.mjs', 'database', 'status', '--json'];
  // Ends with 3 where a migration is due, which the version that serves does not need.
  const args = cluster.kubectl('exec', 'deploy/ml-service', '--', ...status);
  const text = await cluster.programs.tryRead('kubectl', args, { seconds: 120 });
  if (text === undefined) {
    const mend = 'see that the database answers: kubectl logs deploy/ml-service';
    return bad(name, 'the version that serves cannot ask its database', mend);
  }
  const { found } = JSON.parse(text) as { readonly found: number };
  if (found >= schemaVersion) return good(name, `the database is at ${found}, and ${schemaVersion} is needed: none`);
  return good(name, `from ${found} to ${schemaVersion}; they only add, so that the old version goes on serving`);
}
