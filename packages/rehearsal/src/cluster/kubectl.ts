import type { Programs } from '@daytrade/deployment';

/** Runs kubectl and gives what it wrote. */
export type Kubectl = (args: readonly string[], options?: { readonly input?: string }) => Promise<string>;

/** The kubectl of one context, whichever kubeconfig chooses meanwhile. */
export function kubectlOf(programs: Programs, context: string): Kubectl {
  return (args, options = {}) => programs.read('kubectl', ['--context', context, ...args], options);
}

/** Reads objects of a namespace as JSON. */
export async function objectsOf<Value>(
  kubectl: Kubectl,
  namespace: string,
  ...args: readonly string[]
): Promise<Value> {
  return JSON.parse(await kubectl(['--namespace', namespace, 'get', ...args, '--output=json'])) as Value;
}

/** A pod, as far as a rehearsal looks. */
interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly containers: readonly { readonly image: string }[] };
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** The pods of a part that are ready and not on their way out. */
export async function readyPods(kubectl: Kubectl, namespace: string, component: string): Promise<readonly Pod[]> {
  const selector = `--selector=app.kubernetes.io/component=${component}`;
  const { items } = await objectsOf<{ items: readonly Pod[] }>(kubectl, namespace, 'pods', selector);
  return items.filter(
    ({ metadata, status }) =>
      metadata.deletionTimestamp === undefined &&
      status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
  );
}
