import { randomBytes } from 'node:crypto';
import type { Programs } from './programs.ts';
import type { Surroundings } from './surroundings.ts';
import { namespaces, type Target } from './targets.ts';
import { initialise, type Outputs, outputsOf, textOf } from './terraform.ts';

/**
 * Points kubectl and helm to the environment's cluster, as whoever signed in to the cloud.
 * @returns the environment's outputs, of its own state whichever one the folder of Terraform was at before
 */
export async function connect(surroundings: Surroundings, target: Target): Promise<Outputs> {
  const { programs } = surroundings;
  await initialise(surroundings, target);
  const outputs = await outputsOf(surroundings, target);
  if (target.cloud === 'aws') {
    const name = textOf(outputs, 'eks_cluster_name');
    await programs.run('aws', ['eks', 'update-kubeconfig', '--region', textOf(outputs, 'region'), '--name', name]);
    return outputs;
  }
  const group = textOf(outputs, 'resource_group_name');
  const name = textOf(outputs, 'aks_cluster_name');
  await programs.run('az', [
    'aks',
    'get-credentials',
    '--overwrite-existing',
    '--resource-group',
    group,
    '--name',
    name,
  ]);
  await programs.run('kubelogin', ['convert-kubeconfig', '--login', 'azurecli']);
  return outputs;
}

/** Whether the namespace is there: who may only act inside of it may not ask helm to make it. */
async function hasNamespace(programs: Programs, target: Target): Promise<boolean> {
  const args = ['get', 'namespace', namespaces[target.environment], '--ignore-not-found', '--output', 'name'];
  return (await programs.read('kubectl', args)).trim() !== '';
}

/**
 * Options of helm for the namespace: that it makes one where none is there yet.
 * @throws Error where the chart of the cluster brings it along: it would not take over one that somebody else made
 */
export async function namespaceOptions(
  programs: Programs,
  target: Target,
  outputs: Outputs,
): Promise<readonly string[]> {
  if (await hasNamespace(programs, target)) return [];
  if (typeof outputs.cluster_values !== 'string') return ['--create-namespace'];
  throw new Error(
    `no namespace ${namespaces[target.environment]}: an administrator of the cluster installs the chart ` +
      'day-trade-cluster and what it needs first (infrastructure/terraform/aws/README.md)',
  );
}

/** On Azure: the Secret that values.azure.yaml names, with what Key Vault has. No value is shown. */
export async function copySecrets(programs: Programs, target: Target, outputs: Outputs): Promise<void> {
  if (target.cloud !== 'azure') return;
  const namespace = namespaces[target.environment];
  if (!(await hasNamespace(programs, target))) await programs.run('kubectl', ['create', 'namespace', namespace]);
  const vault = textOf(outputs, 'key_vault_name');
  const secret = async (name: string) => {
    const args = ['keyvault', 'secret', 'show', '--vault-name', vault, '--name', name];
    return (await programs.read('az', [...args, '--query', 'value', '--output', 'tsv'])).trim();
  };
  const stringData = {
    token: await secret('token'),
    // To Azure SQL pods sign in by their identity.
    ...(typeof outputs.postgresql_host === 'string' && { 'database-password': await secret('database-password') }),
    // Pods sign in to Redis by their identity.
    'redis-password': 'none',
    'grafana-admin-password': await grafanaPassword(programs, namespace),
  };
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: secretName, namespace }, stringData };
  await programs.run('kubectl', ['apply', '--filename', '-'], { input: JSON.stringify(object) });
}

const secretName = 'day-trade-azure';

/** The one that is there, or a new one. */
async function grafanaPassword(programs: Programs, namespace: string): Promise<string> {
  const path = ['--ignore-not-found', '--output', 'jsonpath={.data.grafana-admin-password}'];
  const there = await programs.read('kubectl', ['get', 'secret', secretName, '--namespace', namespace, ...path]);
  return there === '' ? randomBytes(16).toString('hex') : Buffer.from(there, 'base64').toString('utf8');
}
