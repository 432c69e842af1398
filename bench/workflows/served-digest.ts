import { kubectlJson } from '../../tests/kubernetes/cluster/kubectl.ts';
import { run } from '../../tests/support/command.ts';

interface Pods {
  readonly items: readonly {
    readonly metadata: { readonly deletionTimestamp?: string };
    readonly status: { readonly phase: string; readonly containerStatuses?: readonly ContainerStatus[] };
  }[];
}

interface ContainerStatus {
  readonly image: string;
  readonly imageID: string;
  readonly ready: boolean;
}

/** The digests that the platform's ready containers run, as the node has pulled them. */
export async function servedDigests(namespace: string): Promise<readonly string[]> {
  const { items } = await kubectlJson<Pods>(['get', 'pods', '--namespace', namespace]);
  return items
    .filter(({ metadata, status }) => metadata.deletionTimestamp === undefined && status.phase === 'Running')
    .flatMap(({ status }) => status.containerStatuses ?? [])
    .filter(({ imageID, ready }) => ready && /\/day-trade@/.test(imageID))
    .map(({ imageID }) => imageID.split('@')[1] ?? '');
}

/** The digest that a registry of this machine has under a tag. */
export async function digestInRegistry(address: string, tag: string): Promise<string> {
  const args = ['inspect', '--tls-verify=false', '--format', '{{.Digest}}', `docker://${address}/day-trade:${tag}`];
  return (await run('skopeo', args)).trim();
}
