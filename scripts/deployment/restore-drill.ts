import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../packages/deployment/src/cloud-cluster.ts';
import { Cluster } from '../../packages/deployment/src/cluster.ts';
import { chartFolder } from '../../packages/deployment/src/surroundings.ts';
import type { Target } from '../../packages/deployment/src/targets.ts';
import { summarise, surroundings } from './workflow.ts';

const restoreJob = join(chartFolder(surroundings), '..', 'kubernetes', 'restore', 'restore.yaml');
/** Parts that write; they are stopped while the database is replaced. */
const writers = ['scheduler-service', 'worker'];

/** A setting of workers that make encrypted backups (`backup.encrypted` of the chart). */
const target = 'DAYTRADE_BACKUP_TARGET';

/**
 * Restores a backup on trial. Where workers make encrypted backups, `daytrade restore-drill` does it beside what
 * serves. Else a dump is made, the database is replaced by it, and every service is asked afterwards: by the commands
 * that infrastructure/kubernetes/README.md gives. The parts that write are started again whether that succeeds or not.
 * @throws Error in production, where no backup is made in the cluster, and when a step fails
 */
export async function restoreDrill(place: Target): Promise<void> {
  if (place.environment === 'production')
    throw new Error('a drill replaces the content of a database: not in production');
  await connect(surroundings, place);
  const { programs } = surroundings;
  const cluster = new Cluster(surroundings, place);
  const { namespace } = cluster;
  const inNamespace = ['--namespace', namespace];
  const kubectl = (...args: readonly string[]) => programs.run('kubectl', [...inNamespace, ...args]);
  const finish = async (job: string) => {
    await kubectl('wait', '--for=condition=Complete', job, '--timeout=1800s');
    await kubectl('logs', job);
  };
  const worker = ['get', 'deployment/worker', '--ignore-not-found', '--output', 'json'];
  if ((await programs.read('kubectl', [...inNamespace, ...worker])).includes(`"${target}"`)) {
    const drill = ['exec', 'deploy/dashboard', '--', 'node', 'bundle/main.mjs', 'restore-drill'];
    const answer = await programs.read('kubectl', [...inNamespace, ...drill]);
    summarise(`### daytrade restore-drill\n\n\`\`\`\n${answer.trimEnd()}\n\`\`\`\n`);
    return;
  }
  const cronJob = await programs.read('kubectl', [
    ...inNamespace,
    'get',
    'cronjob',
    'backup',
    '--ignore-not-found',
    '--output',
    'json',
  ]);
  if (cronJob === '') {
    throw new Error(
      `no backup is made in ${namespace} (backup.enabled): where the database is the cloud's, so is its drill`,
    );
  }
  const backup = `backup-drill-${Date.now().toString(36)}`;
  await kubectl('create', 'job', '--from=cronjob/backup', backup);
  await finish(`job/${backup}`);
  const replicas: { readonly name: string; readonly count: number }[] = [];
  for (const name of writers) {
    const count = await programs.read('kubectl', [
      ...inNamespace,
      'get',
      `deployment/${name}`,
      '--output',
      'jsonpath={.spec.replicas}',
    ]);
    replicas.push({ name, count: Number(count) });
  }
  const started = performance.now();
  try {
    await kubectl('scale', ...writers.map((name) => `deployment/${name}`), '--replicas=0');
    const create = [...inNamespace, 'create', '--filename', '-', '--output', 'name'];
    await finish((await programs.read('kubectl', create, { input: restoreJobLike(cronJob) })).trim());
  } finally {
    for (const { name, count } of replicas) await kubectl('scale', `deployment/${name}`, `--replicas=${count}`);
  }
  await cluster.test();
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  summarise(`Restored ${namespace} from a backup made just before; all services answered again after ${seconds} s`);
}

interface Container {
  readonly env?: readonly {
    readonly name: string;
    readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string } };
  }[];
}

/**
 * The Job that restores, with the password from where the backup takes it: its file names the chart's own Secret.
 * @param cronJob the backup's, as JSON
 */
function restoreJobLike(cronJob: string): string {
  const { containers, initContainers = [] } = JSON.parse(cronJob).spec.jobTemplate.spec.template.spec as {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
  const variables = [...initContainers, ...containers].flatMap(({ env = [] }) => env);
  const password = variables.find(({ name }) => name === 'DAYTRADE_DATABASE_PASSWORD');
  const secret = password?.valueFrom?.secretKeyRef?.name;
  const job = readFileSync(restoreJob, 'utf8');
  return secret === undefined ? job : job.replace('name: day-trade-secrets', `name: ${secret}`);
}
