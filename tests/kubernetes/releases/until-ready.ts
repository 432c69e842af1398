import { waitFor } from '../../support/command.ts';
import { explained } from '../cluster/describe-failure.ts';
import { isReady, kubectlJson, podsOf } from '../cluster/kubectl.ts';

/** A Deployment or StatefulSet, as far as the tests look at it. */
export interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly spec: {
    readonly replicas: number;
    readonly template: { readonly spec: PodSpec };
    readonly volumeClaimTemplates?: readonly object[];
  };
  readonly status: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
  };
}

interface PodSpec {
  readonly topologySpreadConstraints?: readonly { readonly topologyKey: string }[];
  readonly volumes?: readonly { readonly name: string; readonly emptyDir?: object }[];
}

export async function workloadsOf(namespace: string): Promise<readonly Workload[]> {
  const question = ['get', 'deployments,statefulsets', '--namespace', namespace];
  return (await kubectlJson<{ items: Workload[] }>(question)).items;
}

interface Autoscaler {
  readonly spec: { readonly minReplicas: number; readonly scaleTargetRef: { readonly name: string } };
}

/** The least number of replicas that autoscalers keep, by Deployment. */
export async function leastReplicas(namespace: string): Promise<Readonly<Record<string, number>>> {
  const { items } = await kubectlJson<{ items: Autoscaler[] }>(['get', 'hpa', '--namespace', namespace]);
  return Object.fromEntries(items.map(({ spec }) => [spec.scaleTargetRef.name, spec.minReplicas]));
}

/**
 * Waits until every workload is rolled out with all its replicas, every Job has succeeded, and no pod is anything but
 * ready.
 */
export async function untilReady(namespace: string, timeoutSeconds: number): Promise<void> {
  await explained(namespace, () =>
    waitFor(`every pod of ${namespace} to be ready`, timeoutSeconds, async () => {
      const least = await leastReplicas(namespace);
      const workloads = await workloadsOf(namespace);
      const late = workloads.filter((workload) => !isRolledOut(workload, least[workload.metadata.name] ?? 0));
      if (workloads.length === 0 || late.length > 0)
        throw new Error(`not rolled out: ${late.map(({ metadata }) => metadata.name).join(', ')}`);
      const pods = (await podsOf(namespace)).filter(({ status }) => status.phase !== 'Succeeded');
      const unready = pods.filter((pod) => !isReady(pod));
      if (unready.length > 0) throw new Error(`not ready: ${unready.map(({ metadata }) => metadata.name).join(', ')}`);
      return true;
    }),
  );
}

function isRolledOut({ metadata, spec, status }: Workload, least: number): boolean {
  const { replicas } = spec;
  return (
    replicas >= least &&
    status.observedGeneration === metadata.generation &&
    status.replicas === replicas &&
    status.updatedReplicas === replicas &&
    status.readyReplicas === replicas
  );
}
