import { delimiter, dirname, join } from 'node:path';
import { findTerraformAndSimulator, Simulator } from '../../tests/azure/tooling/simulator.ts';
import { namespaces, ownNamespace, removeNamespaces } from '../../tests/kubernetes/cluster/namespaces.ts';
import { openCluster } from '../../tests/kubernetes/cluster/open-cluster.ts';
import { watchCluster } from '../../tests/kubernetes/cluster/watch-cluster.ts';
import { loadImages } from '../../tests/kubernetes/images/load-images.ts';
import { Installation } from '../../tests/kubernetes/releases/installation.ts';
import { untilReady } from '../../tests/kubernetes/releases/until-ready.ts';
import { stopEverything, temporaryFolder } from '../../tests/support/running-process.ts';
import { TerraformFolder } from '../../tests/support/terraform/terraform.ts';
import { repository } from '../harness/paths.ts';
import { ensurePackages } from '../harness/python-environment.ts';
import { notRun, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { azureRows } from './azure-rows.ts';
import { installationRows } from './installation-rows.ts';
import { readmeBlocks } from './readme-blocks.ts';
import { Terminal } from './terminal.ts';

/** The smallest: Terraform's providers wait minutes for each. */
const environment = 'development';
/** The README's, where nothing else is. */
const namespace = namespaces.production;
/** The Secret that the README has somebody make of Key Vault's secrets. */
const secretName = 'day-trade-azure';
const readySeconds = 420;

/**
 * What Azure manages stands in the cluster, which has one small node and no registry; passwords stay Key Vault's. As in
 * a rehearsal, the sizes are those of the environment.
 */
const helmArguments = [
  `--values ../../helm/values.${environment}.yaml`,
  ...['managed-services', 'small-node', 'stand-in-images'].map(
    (name) => `--values ../../rehearsal/values.${name}.yaml`,
  ),
  '--set secrets.existingSecret=day-trade-azure --set image.repository=day-trade',
  // A node of two processors has none left for a second worker that comes while the first trains.
  '--set worker.autoscaling.minReplicas=1 --set worker.autoscaling.maxReplicas=1',
  // Nobody takes traces: who sends them would look for an identity and for names that are nowhere.
  '--set-string settings.DAYTRADE_TRACES_APPLICATION_INSIGHTS=',
].join(' ');

const notes = [
  `The shell blocks of \`infrastructure/terraform/azure/README.md\` as they stand, from \`az login\` to the line of ` +
    'helm, typed into one shell of somebody who has signed in nowhere; Terraform signs in by `az`. They differ in ' +
    `the environment (${environment}, the smallest), in that a service principal signs in, and in what the line of ` +
    'helm has behind it.',
  'The real `az`, Terraform and its real provider talk to a simulator of Azure, kubectl and helm to a cluster of ' +
    "this machine. The chart's PostgreSQL and Redis stand in for Azure's, the database for Blob storage; token and " +
    'password are those of Key Vault; traces go nowhere. So it is not shown that a pod signs in to Azure, ' +
    'or gets an image from its registry.',
];

/** Types what the README of Azure says, up to a chart that runs on a cluster with a model and predictions. */
export async function typeReadme({ progress }: SuiteContext): Promise<SuiteFindings> {
  const terraform = await findTerraformAndSimulator();
  if (terraform.missing !== '') return notRun(terraform.missing);
  const access = await openCluster();
  if ('missing' in access) return notRun(access.missing);
  const requirements = 'bench/azure-cluster/requirements.txt';
  const python = ensurePackages({ name: 'azure-cluster', requirements, size: 'about 400 MB' }, progress);
  if (access.packs) await loadImages(repository, progress);
  await removeNamespaces();
  const stopWatch = access.packs ? watchCluster() : async () => undefined;
  try {
    const simulator = await Simulator.start(access.kubeconfig);
    const copy = new TerraformFolder(terraform, 'azure', simulator.environment);
    const { ARM_CLIENT_ID, ARM_CLIENT_SECRET, ARM_TENANT_ID, ARM_SUBSCRIPTION_ID = '', ...others } = copy.environment;
    const terminal = new Terminal(join(copy.folder, '..', '..', '..'), temporaryFolder('home'), {
      ...others,
      ARM_CLIENT_ID: '',
      ARM_CLIENT_SECRET: '',
      ARM_TENANT_ID: '',
      ARM_SUBSCRIPTION_ID: '',
      TF_CLI_ARGS_apply: '-auto-approve -parallelism=32',
      PATH: [dirname(python), access.path].join(delimiter),
    });
    const principal = `--username ${ARM_CLIENT_ID} --password ${ARM_CLIENT_SECRET} --tenant ${ARM_TENANT_ID}`;
    const { signIn, apply, install } = readmeBlocks({
      credentials: `--service-principal ${principal}`,
      subscription: ARM_SUBSCRIPTION_ID,
      environment,
      helmArguments,
    });
    const rows: string[][] = [];
    const timed = async (what: string, action: () => Promise<unknown>) => {
      progress(what);
      const began = performance.now();
      await action();
      rows.push([what, ((performance.now() - began) / 1000).toFixed(1)]);
    };
    await timed('az login, az account set, az account show', () => terminal.type(signIn));
    await timed('terraform init, terraform apply', () => terminal.type(apply));
    await timed('az aks get-credentials to helm upgrade --install', () => terminal.type(install));
    await ownNamespace(namespace);
    await timed('until every pod is ready', () => untilReady(namespace, readySeconds));
    const azure = await azureRows(namespace, terminal);
    // The shell has the function of the README.
    const { stdout: token } = await terminal.type('secret token');
    const installation = await Installation.open(namespace, secretName);
    const comparisons = [...azure, ...(await installationRows(installation, token))];
    return { comparisons, tables: [{ title: 'Typed', header: ['what', 'seconds'], rows }], notes, skipped: [] };
  } finally {
    await stopEverything();
    await ownNamespace(namespace).catch(() => undefined);
    await removeNamespaces();
    await stopWatch();
  }
}
