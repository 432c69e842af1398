import { isReady, kubectlJson, podsOf } from '../../tests/kubernetes/cluster/kubectl.ts';
import { Installation, type ServiceName } from '../../tests/kubernetes/releases/installation.ts';
import { fill } from '../../tests/kubernetes/releases/production.ts';
import { type Comparison, compare } from '../harness/result.ts';
import type { Terminal } from './terminal.ts';

/** The Secret that the README has somebody make of Key Vault's secrets. */
const secretName = 'day-trade-azure';
const identity = { label: 'azure.workload.identity/use', annotation: 'azure.workload.identity/client-id' } as const;
/** Parts that sign in to Azure. */
const identified = ['ml-service', 'data-service', 'scheduler-service', 'worker', 'dashboard'];
type Path = readonly [ServiceName, string];
/** A path of each service, and the page's way to one. */
const guarded: readonly Path[] = [
  ['ml-service', '/v1/models'],
  ['data-service', '/v1/symbols'],
  ['scheduler-service', '/v1/runs'],
  ['dashboard', '/api/ml/v1/models'],
];
/** The page itself, which asks for the token. */
const page: Path = ['dashboard', '/'];

/** What was installed, asked of the cluster, and as whoever typed the commands. */
export async function installationRows(namespace: string, terminal: Terminal): Promise<readonly Comparison[]> {
  const pods = await podsOf(namespace);
  const serving = pods.filter(({ status }) => status.phase !== 'Succeeded');
  const { stdout: seen } = await terminal.type(`kubectl get pods --namespace ${namespace} --output=name`);
  const unseen = pods.filter(({ metadata }) => !seen.split('\n').includes(`pod/${metadata.name}`));

  const { stdout: client } = await terminal.type(
    `az identity list --query "[?ends_with(name, '-pods')].clientId" --output tsv`,
  );
  const strangers = await Promise.all(identified.map((part) => areStrangers(namespace, part, client)));

  // The shell has the function of the README.
  const { stdout: token } = await terminal.type('secret token');
  const installation = await Installation.open(namespace, secretName);
  const otherThan = async (expected: number, paths: readonly Path[], given?: string) => {
    const answers = await Promise.all(paths.map(([name, path]) => installation.fetch(name, path, given)));
    return answers.filter(({ status }) => status !== expected).length;
  };
  const silent = await otherThan(200, [...guarded, page], token);
  const open = await otherThan(401, guarded);
  const predictions = await fill(installation);
  return [
    none('Pods that are not ready', 'pods', serving.filter((pod) => !isReady(pod)).length, serving.length),
    none('Pods that the configuration of `az` does not show', 'pods', unseen.length, pods.length),
    none('Parts without the identity that Terraform made', 'parts', strangers.filter(Boolean).length, strangers.length),
    none("Paths that do not answer to Key Vault's token", 'paths', silent, guarded.length + 1),
    none('Paths that are not refused without a token', 'paths', open, guarded.length),
    compare({
      name: 'Predictions published',
      unit: 'symbols',
      figure: predictions,
      kind: 't',
      bar: { sense: 'at least', must: 1 },
    }),
  ];
}

/** Whether a part has no pods, or such as cannot sign in as the identity. */
async function areStrangers(namespace: string, part: string, client: string): Promise<boolean> {
  const pods = await podsOf(namespace, part);
  const accounts = await Promise.all(
    [...new Set(pods.map(({ spec }) => spec.serviceAccountName))].map((name) =>
      kubectlJson<{ metadata: { annotations?: Record<string, string> } }>([
        ...['get', 'serviceaccount', name, '--namespace', namespace],
      ]),
    ),
  );
  return (
    pods.length === 0 ||
    pods.some(({ metadata }) => metadata.labels[identity.label] !== 'true') ||
    accounts.some(({ metadata }) => metadata.annotations?.[identity.annotation] !== client)
  );
}

function none(name: string, unit: string, figure: number, of: number): Comparison {
  return compare({ name, unit, figure, kind: 't', bar: { sense: 'at most', must: 0 }, note: `of ${of}` });
}
