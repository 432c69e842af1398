import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CloudName, cloudNames, environmentNames } from '../../packages/deployment/src/targets.ts';
import { findTerraformAndSimulator } from '../../tests/azure/tooling/simulator.ts';
import { missingForBuilding } from '../../tests/docker/buildah.ts';
import { removeNamespaces } from '../../tests/kubernetes/cluster/namespaces.ts';
import { openCluster } from '../../tests/kubernetes/cluster/open-cluster.ts';
import { watchCluster } from '../../tests/kubernetes/cluster/watch-cluster.ts';
import { loadRecipes } from '../../tests/kubernetes/images/load-images.ts';
import { standInImages } from '../../tests/kubernetes/images/stand-in-images.ts';
import { imageCache } from '../../tests/support/application-image.ts';
import { stopEverything, temporaryFolder } from '../../tests/support/running-process.ts';
import { isThere } from '../../tests/support/steps.ts';
import type { TerraformThere } from '../../tests/support/terraform/terraform.ts';
import { githubRepository } from '../../tests/workflows/act/clone.ts';
import { GitHubApi } from '../../tests/workflows/act/github-api.ts';
import { repository } from '../harness/paths.ts';
import { notRun, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { openAws } from './aws-cloud.ts';
import { openAzure } from './azure-cloud.ts';
import type { SimulatedCloud } from './cloud.ts';
import { ClusterTurn } from './cluster-turn.ts';
import { containerTools } from './container-tools.ts';
import { deployThrice } from './deploy-thrice.ts';
import { DeployedEnvironment } from './deployed-environment.ts';
import { kubelogin } from './kubelogin.ts';
import { missingForRegistry, Registries } from './registries.ts';
import { comparisonsOf, type Deployment, tableOf } from './rows.ts';
import { WayOut } from './way-out.ts';

/** Words of a variable, which are all of them where it is not set. */
function chosen<Word extends string>(variable: string, all: readonly Word[]): readonly Word[] {
  const given = (process.env[variable] ?? '').split(',').filter((word) => word !== '');
  const unknown = given.find((word) => !(all as readonly string[]).includes(word));
  if (unknown !== undefined) throw new Error(`${variable}: ${unknown} is none of ${all.join(', ')}`);
  return given.length === 0 ? all : all.filter((word) => given.includes(word));
}

const notes = [
  '`deploy-cloud.yml` as it stands, run by act on this machine: real Terraform with its real providers against the ' +
    'simulators of AWS and Azure, where bootstrap was applied before; real `aws`, `az`, kubelogin, kubectl and helm; ' +
    "buildah, skopeo and Debian's registry, which the clouds' names of registries lead to; a cluster of this machine.",
  'Stand-ins for actions: the two that sign in take on the role, or the identity, of the environment, with a token ' +
    'that GitHub did not sign (the simulator of AWS holds the role to its policies); setup-node, setup-terraform and ' +
    'use-kubelogin do nothing, since the programs are there; artefacts are kept in a folder; nothing is scanned; the ' +
    'two steps that sign an image are left out, as the workflow says for act. Nobody is asked for approval by act: ' +
    'the job `plan` asks a stand-in of GitHub whether somebody would be.',
  "The cluster is not a cloud's: helm has the values of a rehearsal behind those of the workflow (small sizes, and " +
    "the chart's PostgreSQL and Redis), `aws eks update-kubeconfig` gives way to the configuration of the cluster, " +
    'and the namespace of AWS, which an administrator makes there, is made before. The node pulls the image by its ' +
    'digest from the registry.',
  'Seconds of a job leave out what it waited for the cluster, which is that of one environment at a time; two clouds ' +
    'go side by side. A first deployment is followed by a second of the same commit, and where `failed` is listed, ' +
    'by one of an image whose pods never get ready.',
];

/** Deploys environments into simulated clouds by the workflow itself. */
export async function runWorkflows({ quick, cache, progress }: SuiteContext): Promise<SuiteFindings> {
  const clouds = chosen('DAYTRADE_BENCH_CLOUDS', cloudNames);
  const environments = chosen('DAYTRADE_BENCH_ENVIRONMENTS', environmentNames);
  if (!(await isThere('act', '--version'))) return notRun('act is not on the PATH');
  const terraform = await findTerraformAndSimulator();
  if (terraform.missing !== '') return notRun(terraform.missing);
  const refused = missingForBuilding() ?? missingForRegistry();
  if (refused !== undefined) return notRun(refused);
  const access = await openCluster();
  if ('missing' in access) return notRun(access.missing);
  if (!access.packs) return notRun('the cluster is not one of `cluster up`, whose node can be sent to a registry');
  await removeNamespaces();
  const stopWatch = watchCluster();
  const folder = temporaryFolder('registry');
  const logs = join(cache, 'workflows', 'logs');
  mkdirSync(logs, { recursive: true });
  const github = await GitHubApi.start(
    Object.fromEntries(environmentNames.map((name) => [`${name}-approval`, ['required_reviewers']])),
  );
  // Ready long before the first environment comes to the cluster.
  const images = loadImages(progress);
  images.catch(() => undefined);
  try {
    const nodes = join(dirname(access.kubeconfig), 'conf', 'registries');
    await using registries = await Registries.start(folder, (name) => tellNode(nodes, name, registries.address));
    const containers = containerTools(registries, folder);
    const common = {
      github: github.url,
      providers: terraform.configuration ?? '',
      kubeconfig: access.kubeconfig,
      helm: execFileSync('sh', ['-c', 'command -v helm'], { encoding: 'utf8' }).trim(),
      turn: new ClusterTurn(join(folder, 'turn')),
      kubelogin: clouds.includes('azure') ? await kubelogin(cache) : '',
      logs,
    };
    const deployAll = async (name: CloudName): Promise<readonly Deployment[]> => {
      const cloud = await openCloud(name, terraform, access.kubeconfig, progress);
      using wayOut = await WayOut.open(registries.port, cloud.proxyPort);
      const authorities = join(folder, `${name}.pem`);
      const files = [
        process.env.SSL_CERT_FILE ?? '/etc/ssl/certs/ca-certificates.crt',
        cloud.authority,
        registries.authority,
      ];
      const texts = files.flatMap((file) => (file === undefined ? [] : [readFileSync(file, 'utf8')]));
      writeFileSync(authorities, texts.join('\n'));
      const around = { ...common, containers: await containers, cloud, wayOut: wayOut.url, authorities };
      const deployments: Deployment[] = [];
      for (const environment of environments) {
        const deployed = new DeployedEnvironment({ environment, cloud: name }, around);
        const fails = !quick && environment === environments[0];
        deployments.push(...(await deployThrice(deployed, { registry: registries.address, images, fails, progress })));
      }
      return deployments;
    };
    const deployments = (await Promise.all(clouds.map(deployAll))).flat();
    return { comparisons: comparisonsOf(deployments), tables: [tableOf(deployments)], notes, skipped: [] };
  } finally {
    github.stop();
    await stopEverything();
    await removeNamespaces();
    await stopWatch();
  }
}

function openCloud(
  name: CloudName,
  terraform: TerraformThere,
  kubeconfig: string,
  progress: (message: string) => void,
): Promise<SimulatedCloud> {
  progress(`bootstrap of ${name}`);
  if (name === 'aws') return openAws(terraform, githubRepository);
  return openAzure(terraform, githubRepository, kubeconfig, progress);
}

/** Loads what the chart runs beside the platform into the cluster. */
async function loadImages(progress: (message: string) => void): Promise<void> {
  const folder = imageCache(repository);
  mkdirSync(folder, { recursive: true });
  await loadRecipes(await standInImages(repository, folder), progress);
}

/** Has the node of the cluster pull images of a registry from this machine's. */
function tellNode(folder: string, name: string, address: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'hosts.toml'), `server = "http://${address}"\n`);
}
