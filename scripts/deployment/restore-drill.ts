import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from './cluster.ts';
import { read, run, summarise } from './programs.ts';
import { chartFolder, namespaces, release, type Target } from './targets.ts';

const restoreJob = join(chartFolder, '..', 'kubernetes', 'restore', 'restore.yaml');
/** Parts that write; they are stopped while the database is replaced. */
const writers = ['scheduler-service', 'worker'];

/**
 * Makes a backup, replaces the database by it, and asks every service afterwards: by the commands that
 * infrastructure/kubernetes/README.md gives. The parts that write are started again whether that succeeds or not.
 * @throws Error in production, where no backup is made in the cluster, and when a step fails
 */
export function restoreDrill(target: Target): void {
  if (target.environment === 'production')
    throw new Error('a drill replaces the content of a database: not in production');
  connect(target);
  const namespace = namespaces[target.environment];
  const inNamespace = ['--namespace', namespace];
  const kubectl = (...args: readonly string[]) => run('kubectl', [...inNamespace, ...args]);
  const finish = (job: string) => {
    kubectl('wait', '--for=condition=Complete', job, '--timeout=1800s');
    kubectl('logs', job);
  };
  const cronJob = read('kubectl', [
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
  kubectl('create', 'job', '--from=cronjob/backup', backup);
  finish(`job/${backup}`);
  const replicas = writers.map((name) => {
    const count = read('kubectl', [
      ...inNamespace,
      'get',
      `deployment/${name}`,
      '--output',
      'jsonpath={.spec.replicas}',
    ]);
    return { name, count: Number(count) };
  });
  const started = performance.now();
  try {
    kubectl('scale', ...writers.map((name) => `deployment/${name}`), '--replicas=0');
    const create = [...inNamespace, 'create', '--filename', '-', '--output', 'name'];
    finish(read('kubectl', create, { input: restoreJobLike(cronJob) }).trim());
  } finally {
    for (const { name, count } of replicas) kubectl('scale', `deployment/${name}`, `--replicas=${count}`);
  }
  run('helm', ['test', release, ...inNamespace, '--logs']);
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
