import { bad, type Check, good, type Programs, toolCheck } from '@daytrade/deployment';
import { chosenCluster } from './cluster/own-cluster.ts';
import { isOnCluster, type StepName, stepTools } from './steps/step-list.ts';

/** Programs of which any version will do, with what mends that they are missing. */
const others: Readonly<Record<string, string>> = {
  checkov: 'install checkov (pip install checkov), or leave it out by --skip policies',
  cluster: 'give --image, --next-image and --broken-image of a registry; else images are packed by the command cluster',
};
const find = ['-c', 'command -v "$1"', 'sh'];

/** Looks at everything that the chosen steps need, all of it whatever is missing; changes nothing. */
export async function rehearsalPreflight(
  programs: Programs,
  chosen: readonly StepName[],
  further: { readonly simulator: () => Promise<Check> },
): Promise<readonly Check[]> {
  const tools = [...new Set(chosen.flatMap((step) => stepTools[step]))];
  const found = await Promise.all(tools.map((name) => programCheck(programs, name)));
  const simulator = chosen.includes('infrastructure') ? [await further.simulator()] : [];
  const cluster = chosen.some(isOnCluster) ? [await clusterCheck(programs)] : [];
  return [...found, ...simulator, ...cluster];
}

async function programCheck(programs: Programs, name: string): Promise<Check> {
  const other = others[name];
  if (other === undefined) return await toolCheck(programs, name as Parameters<typeof toolCheck>[1]);
  const path = await programs.tryRead('sh', [...find, name]);
  return path === undefined ? bad(name, `${name} is not on the PATH`, other) : good(name, path.trim());
}

async function clusterCheck(programs: Programs): Promise<Check> {
  const name = 'cluster of KUBECONFIG';
  const mend = 'point KUBECONFIG to a cluster on this machine, such as one of k3s';
  const chosen = await chosenCluster(programs);
  if (chosen === undefined) return bad(name, 'kubeconfig chooses no context', mend);
  const { context, server, isOwn } = chosen;
  if (!isOwn) return bad(name, `${context}, ${server}, is not on this machine`, mend);
  const args = ['--context', context, 'get', '--raw', '/readyz', '--request-timeout=10s'];
  const ready = await programs.tryRead('kubectl', args);
  return ready === undefined
    ? bad(name, `${context}, ${server}, does not answer`, mend)
    : good(name, `${context}, ${server}`);
}
