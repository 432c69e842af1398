import { kubectlJson, podsOf } from '../../tests/kubernetes/cluster/kubectl.ts';
import type { Comparison } from '../harness/result.ts';
import { none } from './installation-rows.ts';
import type { Terminal } from './terminal.ts';

const identity = { label: 'azure.workload.identity/use', annotation: 'azure.workload.identity/client-id' } as const;
/** Parts that sign in to Azure, each as the identity whose name ends so. */
const identified = {
  'ml-service': '-pods',
  'data-service': '-pods',
  'scheduler-service': '-pods-scheduler',
  worker: '-pods',
  dashboard: '-pods-page',
} as const;

/** Whether `az` led whoever typed to this cluster, and each part's pods have the identity that Terraform made. */
export async function azureRows(namespace: string, terminal: Terminal): Promise<readonly Comparison[]> {
  const pods = await podsOf(namespace);
  const { stdout: seen } = await terminal.type(`kubectl get pods --namespace ${namespace} --output=name`);
  const unseen = pods.filter(({ metadata }) => !seen.split('\n').includes(`pod/${metadata.name}`));
  const strangers: boolean[] = [];
  for (const [part, name] of Object.entries(identified)) {
    const { stdout: client } = await terminal.type(
      `az identity list --query "[?ends_with(name, '${name}')].clientId" --output tsv`,
    );
    strangers.push(await areStrangers(namespace, part, client));
  }
  return [
    none('Pods that the configuration of `az` does not show', 'pods', unseen.length, pods.length),
    none('Parts without the identity that Terraform made', 'parts', strangers.filter(Boolean).length, strangers.length),
  ];
}

/** Whether a part has no pods, or such as cannot sign in as the identity. */
async function areStrangers(namespace: string, part: string, client: string): Promise<boolean> {
  const pods = await podsOf(namespace, part);
  const names = new Set(pods.map(({ spec }) => spec.serviceAccountName));
  const accounts = await Promise.all([...names].map((name) => accountOf(namespace, name)));
  return (
    pods.length === 0 ||
    pods.some(({ metadata }) => metadata.labels[identity.label] !== 'true') ||
    accounts.some(({ metadata }) => metadata.annotations?.[identity.annotation] !== client)
  );
}

interface ServiceAccount {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
}

function accountOf(namespace: string, name: string): Promise<ServiceAccount> {
  return kubectlJson(['get', 'serviceaccount', name, '--namespace', namespace]);
}
