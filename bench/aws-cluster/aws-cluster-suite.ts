import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppliedEnvironment } from '../../tests/aws/environments/applied-environment.ts';
import { aws } from '../../tests/aws/tooling/aws-command.ts';
import type { Simulator } from '../../tests/aws/tooling/simulator.ts';
import { apply } from '../../tests/kubernetes/cluster/kubectl.ts';
import { makeNamespace, namespaces, removeNamespaces } from '../../tests/kubernetes/cluster/namespaces.ts';
import { openCluster } from '../../tests/kubernetes/cluster/open-cluster.ts';
import { watchCluster } from '../../tests/kubernetes/cluster/watch-cluster.ts';
import { loadImages } from '../../tests/kubernetes/images/load-images.ts';
import { Installation } from '../../tests/kubernetes/releases/installation.ts';
import { untilReady } from '../../tests/kubernetes/releases/until-ready.ts';
import { run } from '../../tests/support/command.ts';
import { setup as bringRedis } from '../../tests/support/install-redis.ts';
import { stopEverything } from '../../tests/support/running-process.ts';
import { findTerraform } from '../../tests/support/terraform/terraform.ts';
import { installationRows, none, some } from '../azure-cluster/installation-rows.ts';
import { repository } from '../harness/paths.ts';
import { notRun, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { type ChartValues, readChartValues } from './chart-values.ts';
import { helmLine } from './helm-line.ts';
import { StandIns } from './stand-ins.ts';

const environment = 'development';
const namespace = namespaces.production;
const secretName = 'day-trade-secrets';
const readySeconds = 420;

const notes = [
  `Terraform's ${environment} on the simulator of AWS, with an empty second plan; then the chart with its output ` +
    '`chart_values` over the values of the environment, as `infrastructure/terraform/aws/README.md` has it. A ' +
    'PostgreSQL and a Redis with TLS are RDS and ElastiCache, and the simulator is S3: they stand at an address of ' +
    'the private subnets, with the users, passwords, database and bucket that Terraform made.',
  'Differently from EKS: passwords are copied from Secrets Manager, by the keys that the values name, in the place ' +
    'of External Secrets; the addresses of the three are those of the stand-ins; pods have a key for the bucket and ' +
    'no role; `bench/aws-cluster/values.yaml` has the rest.',
];

/** Installs the chart with the values that Terraform writes for AWS, on a cluster, beside what AWS manages. */
export async function installForAws({ progress }: SuiteContext): Promise<SuiteFindings> {
  const terraform = await findTerraform();
  if (terraform.missing !== '') return notRun(terraform.missing);
  const access = await openCluster();
  if ('missing' in access) return notRun(access.missing);
  if (process.getuid?.() !== 0) return notRun('an address for the stand-ins needs root');
  bringRedis();
  if (access.packs) await loadImages(repository, progress);
  await removeNamespaces();
  const stopWatch = access.packs ? watchCluster() : async () => undefined;
  try {
    progress('terraform apply');
    return { ...(await install(await AppliedEnvironment.apply(environment, terraform), progress)), notes, skipped: [] };
  } finally {
    await removeNamespaces();
    await stopEverything();
    await stopWatch();
  }
}

/** Installs the chart for an environment that was applied, and asks what became of it. */
async function install(
  { simulator, terraform, secondPlan }: AppliedEnvironment,
  progress: (message: string) => void,
): Promise<Pick<SuiteFindings, 'comparisons' | 'tables'>> {
  const text = (await terraform.run(['output', '-raw', 'chart_values'])).stdout;
  const values = readChartValues(text);
  const secrets = await secretsOf(simulator, values);
  const { 'database-password': database = '', 'redis-password': redis = '', token = '' } = secrets;
  await using standIns = await StandIns.start(values, { database, redis }, Number(new URL(simulator.endpoint).port));
  await makeNamespace(namespace);
  const named = { ...standIns.secrets(values), [secretName]: secrets };
  await apply(namespace, ...Object.entries(named).map(([name, data]) => secretOf(name, data)));
  progress('helm upgrade --install');
  const file = join(terraform.folder, '..', '..', 'helm', 'values.aws.yaml');
  writeFileSync(file, text);
  const began = performance.now();
  const line = helmLine(environment, file, standIns.address);
  await run('sh', ['-c', line], { folder: join(repository, 'infrastructure', 'helm') });
  await untilReady(namespace, readySeconds);
  const seconds = (performance.now() - began) / 1000;
  const rows = await installationRows(await Installation.open(namespace, secretName), token);
  const { bucket } = values.objects.s3;
  const listed = JSON.parse(await aws(simulator, ['s3api', 'list-objects-v2', '--bucket', bucket]));
  const comparisons = [
    none('Plans after the apply that change something', 'plans', secondPlan.exitCode === 0 ? 0 : 1, 1),
    ...rows,
    some('Runs in the database beside the cluster', 'rows', await standIns.runs(values)),
    some('Objects in the bucket', 'objects', (listed.Contents ?? []).length),
  ];
  const times = [['from the line of helm until every pod is ready', seconds.toFixed(1)]];
  return { comparisons, tables: [{ title: 'Times', header: ['what', 'seconds'], rows: times }] };
}

/** What External Secrets would copy, by the names that pods know. */
async function secretsOf(simulator: Simulator, values: ChartValues): Promise<Readonly<Record<string, string>>> {
  const entries = Object.entries(values.secrets.external.entries);
  const read = entries.map(async ([name, { key, property }]) => {
    if (key === null) return [];
    const answer = JSON.parse(await aws(simulator, ['secretsmanager', 'get-secret-value', '--secret-id', key]));
    const text = String(answer.SecretString);
    return [[name, property === undefined ? text : String(JSON.parse(text)[property])] as const];
  });
  return Object.fromEntries((await Promise.all(read)).flat());
}

function secretOf(name: string, stringData: Readonly<Record<string, string>>): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData };
}
