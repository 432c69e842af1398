import { routes } from '@daytrade/contracts';
import { makeNamespace, namespaces, ownNamespace, removeNamespace } from '../../tests/kubernetes/cluster/namespaces.ts';
import { openCluster } from '../../tests/kubernetes/cluster/open-cluster.ts';
import { loadImages } from '../../tests/kubernetes/images/load-images.ts';
import { openLoadPort } from '../../tests/kubernetes/load/load-port.ts';
import { Installation } from '../../tests/kubernetes/releases/installation.ts';
import { versions } from '../../tests/support/application-image.ts';
import { RunningProcess, stopEverything } from '../../tests/support/running-process.ts';
import { repository } from '../harness/paths.ts';
import { type Comparison, notRun, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { openGateway, untilRouted } from './gateway.ts';
import { type MeasuredRelease, releaseUnderReaders } from './release-under-readers.ts';
import { rowsOf, stepRows } from './rows.ts';
import { newVersions, packVersions, tagOf } from './versions.ts';

const namespace = namespaces.development;
/**
 * Connections are dealt out to pods at random: of 16,800, which an interval has where its share is measured, the share
 * of a quarter has a standard deviation of 0.33 %. A gateway deals out in turn.
 */
const usual = {
  route: { perSecond: 100, intervalSeconds: 60, maxWeight: 30 },
  pods: { perSecond: 200, intervalSeconds: 87, maxWeight: 30 },
};
/** One step, to see that everything runs. */
const short = {
  route: { perSecond: 100, intervalSeconds: 20, maxWeight: 10 },
  pods: { perSecond: 100, intervalSeconds: 20, maxWeight: 30 },
};
const files = [
  'infrastructure/rehearsal/values.stand-in-images',
  'tests/kubernetes/values.tiny',
  'bench/canary-cluster/values',
];
const values = files.flatMap((file) => ['--values', `${file}.yaml`]);
const place = ['--environment', 'development', '--yes', '--in-session'];

const notes = [
  `One node; three pods of ml-service, ${usual.route.perSecond} reads a second, each by a connection of its own; ` +
    `intervals of ${usual.route.intervalSeconds} s, steps of 10 % up to 30 %. By pods there is one step, that of one ` +
    `pod beside three, with ${usual.pods.perSecond} reads a second and intervals of ${usual.pods.intervalSeconds} s.`,
  'A bad version is the same program with its answers changed on their way out, by a module that its image loads ' +
    'before it. Failures that this module makes up are those of the 5 % errors; every other one counts as lost.',
];

/** Deploys good and bad versions by `daytrade deploy kubernetes --canary` on a cluster, while readers ask. */
export async function releaseOnCluster({ quick, progress }: SuiteContext): Promise<SuiteFindings> {
  const access = await openCluster();
  if ('missing' in access) return notRun(access.missing);
  await loadImages(repository, progress);
  await packVersions(repository, progress);
  await removeNamespace(namespace);
  await makeNamespace(namespace);
  const gateway = await openGateway(namespace, progress);
  const comparisons: Comparison[] = [];
  const rows: (readonly string[])[] = [];
  try {
    for (const by of ['weights of a route', 'pods'] as const) {
      const route = by === 'pods' ? [] : gateway.values;
      await deployed(['--image', `day-trade:${versions.first}`, ...values, ...route, ...place]);
      await ownNamespace(namespace);
      const installation = await withModel();
      const url = by === 'pods' ? await openLoadPort(namespace) : gateway.url;
      if (by !== 'pods') await untilRouted(url);
      for (const version of newVersions) {
        progress(`${version.name}, by ${by}`);
        const image = ['kubernetes', '--image', `day-trade:${tagOf(version)}`, ...values, ...route];
        const { perSecond, intervalSeconds, maxWeight } = (quick ? short : usual)[by === 'pods' ? 'pods' : 'route'];
        const steps = ['--interval', intervalSeconds, '--step-weight', 10, '--max-weight', maxWeight];
        const args = [...image, ...place, '--canary', ...steps.map(String)];
        const { token } = installation;
        const released = await releaseUnderReaders({ args, url, token, perSecond, intervalSeconds });
        progress(describe(released));
        comparisons.push(...rowsOf(by, version, released));
        rows.push(...stepRows(by, version, released));
      }
    }
  } finally {
    await stopEverything();
    await gateway.close();
    await removeNamespace(namespace);
  }
  const header = ['share by', 'version', 'weight', 'measured', 'of answers', 'decision'];
  return { comparisons, tables: [{ title: 'Steps', header, rows }], notes, skipped: [] };
}

async function deployed(args: readonly string[]): Promise<void> {
  const command = ['apps/cli/src/main.ts', 'deploy', 'kubernetes', ...args];
  const { exitCode, stderr } = await new RunningProcess(process.execPath, command, { timeoutSeconds: 900 }).finished;
  if (exitCode !== 0) throw new Error(`the version to begin with could not be deployed (${exitCode}): ${stderr}`);
}

/** The installation, with a model of more symbols than a judge needs. */
async function withModel(): Promise<Installation> {
  const installation = await Installation.open(namespace);
  const ml = installation.client('ml-service');
  if ((await ml.call(routes.models)).live !== null) return installation;
  await installation.succeeds('startFetch', { provider: 'synthetic', symbols: 20, from: '2024-01-04' });
  await installation.succeeds('startTraining', {});
  await ml.call(routes.publishPredictions, { body: {} });
  return installation;
}

function describe({ exitCode, seconds, steps: taken, requests, lost, stderr }: MeasuredRelease): string {
  const course = taken.map(({ weight, action, reason }) => `${weight} %: ${action} (${reason})`);
  const last = exitCode === 0 || exitCode === 5 ? [] : [stderr.slice(-2_000)];
  return [
    `exit code ${exitCode} after ${seconds.toFixed(0)} s, ${lost.length} lost of ${requests}`,
    ...course,
    ...lost.slice(0, 5),
    ...last,
  ].join('\n  ');
}
