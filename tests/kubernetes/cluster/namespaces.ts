import { attempt, run } from '../../support/steps.ts';

/** Every namespace of this suite. Three are the specification's, so one that somebody else made is never touched. */
export const namespaces = {
  image: 'day-trade-image',
  development: 'day-trade-dev',
  staging: 'day-trade-staging',
  production: 'day-trade',
  stranger: 'day-trade-stranger',
} as const;

const label = 'day-trade/made-by=tests';

/** Marks a namespace as ours, right after something has made it. */
export async function ownNamespace(name: string): Promise<void> {
  await run('kubectl', ['label', 'namespace', name, label, '--overwrite']);
}

/** Makes a namespace in which nothing but restricted pods may run. */
export async function makeNamespace(name: string): Promise<void> {
  await removeNamespace(name);
  await run('kubectl', ['create', 'namespace', name]);
  await ownNamespace(name);
  await run('kubectl', ['label', 'namespace', name, 'pod-security.kubernetes.io/enforce=restricted']);
}

/** Deletes a namespace of this suite. Its pods get a second to end: nothing asks them any more. */
export async function removeNamespace(name: string): Promise<void> {
  if (!(await listNamespaces('--selector', label)).includes(name)) return;
  await attempt('kubectl', ['delete', 'namespace', name, '--wait=false']);
  await attempt('kubectl', ['delete', 'pods', '--all', '--namespace', name, '--grace-period=1', '--wait=false']);
  const ended = ['wait', '--for=delete', `namespace/${name}`, '--timeout=180s'];
  await attempt('kubectl', ended, { timeoutSeconds: 190 });
}

/** Deletes what this run or one that was cut off has left. @throws Error when a name is in use by somebody else */
export async function removeNamespaces(): Promise<void> {
  await Promise.all((await listNamespaces('--selector', label)).map(removeNamespace));
  const taken = (await listNamespaces()).filter((name) => (Object.values(namespaces) as string[]).includes(name));
  if (taken.length > 0) throw new Error(`the namespace ${taken.join(', ')} is in use and not by these tests`);
}

async function listNamespaces(...selector: readonly string[]): Promise<readonly string[]> {
  const names = ['get', 'namespaces', ...selector, '--output=jsonpath={.items[*].metadata.name}'];
  return (await run('kubectl', names)).stdout.split(' ').filter((name) => name !== '');
}
