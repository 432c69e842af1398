import { waitFor } from '../../support/command.ts';
import { apply, kubectl, kubectlJson, type Pod, podsOf } from '../cluster/kubectl.ts';

/** How long a pod took, in seconds since it was asked for. */
export interface StartTime {
  /** Until its address is known: scheduled, its sandbox made, its container started. */
  readonly address: number;
  /** Until the service says that it is ready. */
  readonly ready: number;
}

/** Starts one more pod of a service beside those that its Deployment keeps, and asks it until it is ready. */
export async function startTimeOf(namespace: string, component: string, port: number): Promise<StartTime> {
  const [like] = await podsOf(namespace, component);
  if (like === undefined) throw new Error(`there is no pod of ${component}`);
  const name = `${component}-start`;
  // Without the hash of its ReplicaSet that one does not count it.
  const { 'pod-template-hash': _, ...labels } = like.metadata.labels;
  const { nodeName: __, ...spec } = like.spec as Pod['spec'] & { readonly nodeName?: string };
  const started = performance.now();
  const since = () => (performance.now() - started) / 1000;
  try {
    await apply(namespace, { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec });
    const host = await waitFor(`the address of ${name}`, 60, () => addressOf(namespace, name), 50);
    const address = since();
    await waitFor(`${name} to be ready`, 60, async () => (await fetch(`http://${host}:${port}/readyz`)).ok, 20);
    return { address, ready: since() };
  } finally {
    await kubectl(['delete', 'pod', name, '--namespace', namespace, '--grace-period=1', '--wait']);
  }
}

async function addressOf(namespace: string, name: string): Promise<string | undefined> {
  return (await kubectlJson<Pod>(['get', 'pod', name, '--namespace', namespace])).status.podIP;
}
