import { randomBytes } from 'node:crypto';
import { read, run } from './programs.ts';
import { namespaces, type Target } from './targets.ts';
import { initialise, outputsOf, textOf } from './terraform.ts';

type Outputs = Readonly<Record<string, unknown>>;

/**
 * Points kubectl and helm to the environment's cluster, as whoever signed in to the cloud.
 * @returns the environment's outputs, of its own state whichever one the folder of Terraform was at before
 */
export function connect(target: Target): Outputs {
  initialise(target);
  const outputs = outputsOf(target);
  if (target.cloud === 'aws') {
    const name = textOf(outputs, 'eks_cluster_name');
    run('aws', ['eks', 'update-kubeconfig', '--region', textOf(outputs, 'region'), '--name', name]);
    return outputs;
  }
  const group = textOf(outputs, 'resource_group_name');
  const name = textOf(outputs, 'aks_cluster_name');
  run('az', ['aks', 'get-credentials', '--overwrite-existing', '--resource-group', group, '--name', name]);
  run('kubelogin', ['convert-kubeconfig', '--login', 'azurecli']);
  return outputs;
}

/** Whether the namespace is there: who may only act inside of it may not ask helm to make it. */
function hasNamespace(target: Target): boolean {
  return read('kubectl', ['get', 'namespace', namespaces[target.environment], ...orNothing]).trim() !== '';
}

/**
 * Options of helm for the namespace: that it makes one where none is there yet.
 * @throws Error where the chart of the cluster brings it along: it would not take over one that somebody else made
 */
export function namespaceOptions(target: Target, outputs: Outputs): readonly string[] {
  if (hasNamespace(target)) return [];
  if (typeof outputs.cluster_values !== 'string') return ['--create-namespace'];
  throw new Error(
    `no namespace ${namespaces[target.environment]}: an administrator of the cluster installs the chart ` +
      'day-trade-cluster and what it needs first (infrastructure/terraform/aws/README.md)',
  );
}

/** With these kubectl prints nothing of what is not there, and fails where it cannot tell. */
const orNothing = ['--ignore-not-found', '--output', 'name'] as const;

/** On Azure: the Secret that values.azure.yaml names, with what Key Vault has. No value is shown. */
export function copySecrets(target: Target, outputs: Outputs): void {
  if (target.cloud !== 'azure') return;
  const namespace = namespaces[target.environment];
  if (!hasNamespace(target)) run('kubectl', ['create', 'namespace', namespace]);
  const vault = textOf(outputs, 'key_vault_name');
  const secret = (name: string) => {
    const args = ['keyvault', 'secret', 'show', '--vault-name', vault, '--name', name];
    return read('az', [...args, '--query', 'value', '--output', 'tsv']).trim();
  };
  const stringData = {
    token: secret('token'),
    'database-password': secret('database-password'),
    // Pods sign in to Redis by their identity.
    'redis-password': 'none',
    'grafana-admin-password': grafanaPassword(namespace),
  };
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: secretName, namespace }, stringData };
  run('kubectl', ['apply', '--filename', '-'], { input: JSON.stringify(object) });
}

const secretName = 'day-trade-azure';

/** The one that is there, or a new one. */
function grafanaPassword(namespace: string): string {
  const path = ['--ignore-not-found', '--output', 'jsonpath={.data.grafana-admin-password}'];
  const there = read('kubectl', ['get', 'secret', secretName, '--namespace', namespace, ...path]);
  return there === '' ? randomBytes(16).toString('hex') : Buffer.from(there, 'base64').toString('utf8');
}
