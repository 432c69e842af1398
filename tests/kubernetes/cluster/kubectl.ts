import type { StartOptions } from '../../support/running-process.ts';
import { run } from '../../support/steps.ts';

/** Runs kubectl and gives its standard output. */
export async function kubectl(args: readonly string[], options: StartOptions = {}): Promise<string> {
  return (await run('kubectl', args, options)).stdout;
}

/** Reads objects as JSON. */
export async function kubectlJson<Value>(args: readonly string[]): Promise<Value> {
  return JSON.parse(await kubectl([...args, '--output=json'])) as Value;
}

/** Applies objects given as values. */
export async function apply(namespace: string, ...objects: readonly object[]): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  await kubectl(['apply', '--namespace', namespace, '--filename', '-'], { input: JSON.stringify(list) });
}

/** A pod, as far as the tests look at it. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly deletionTimestamp?: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly containers: readonly { readonly name: string; readonly image: string }[];
  };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly lastTransitionTime: string;
    }[];
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly restartCount: number;
      readonly state?: { readonly running?: { readonly startedAt: string } };
    }[];
  };
}

/** The pods of a component that are not on their way out, or of all components. */
export async function podsOf(namespace: string, component?: string): Promise<readonly Pod[]> {
  const selector = component === undefined ? [] : ['--selector', `app.kubernetes.io/component=${component}`];
  const { items } = await kubectlJson<{ items: Pod[] }>(['get', 'pods', '--namespace', namespace, ...selector]);
  return items.filter(stays);
}

/** Whether a pod is not on its way out. */
export function stays({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp === undefined;
}

/**
 * Ends a pod without waiting for it to tidy up. Its controller may have asked it to end before, and it may be gone by
 * now.
 */
export async function killPod(namespace: string, name: string): Promise<void> {
  await kubectl(['delete', 'pod', name, '--namespace', namespace, '--ignore-not-found', '--grace-period=0', '--force']);
}

export function isReady(pod: Pod): boolean {
  return pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}
