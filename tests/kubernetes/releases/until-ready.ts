import { waitFor } from '../../support/steps.ts';
import { explained } from '../cluster/describe-failure.ts';
import { isReady, kubectlJson, type Pod, stays } from '../cluster/kubectl.ts';

/** A Deployment or StatefulSet, as far as the tests look at it. */
export interface Workload {
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly spec: {
    readonly replicas: number;
    readonly template: { readonly spec: PodSpec };
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
}

interface Autoscaler {
  readonly kind: 'HorizontalPodAutoscaler';
  readonly spec: {
    readonly minReplicas: number;
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
  };
}

/** What runs in a namespace. */
interface Running {
  readonly workloads: readonly Workload[];
  /** Those that are not on their way out. */
  readonly pods: readonly Pod[];
  /** The least number of replicas that autoscalers keep, by Deployment. */
  readonly least: Readonly<Record<string, number>>;
}

/** What runs in a namespace, asked for at once: a start of kubectl is most of what a question costs. */
export async function runningIn(namespace: string): Promise<Running> {
  const question = ['get', 'deployments,statefulsets,pods,hpa', '--namespace', namespace];
  const { items } = await kubectlJson<{ items: (Workload | Autoscaler | (Pod & { readonly kind: 'Pod' }))[] }>(
    question,
  );
  const workloads: Workload[] = [];
  const pods: Pod[] = [];
  const least: Record<string, number> = {};
  for (const item of items) {
    if (item.kind === 'Pod') pods.push(item);
    else if (item.kind !== 'HorizontalPodAutoscaler') workloads.push(item);
    else if (item.spec.scaleTargetRef.kind === 'Deployment')
      least[item.spec.scaleTargetRef.name] = item.spec.minReplicas;
  }
  return { workloads, pods: pods.filter(stays), least };
}

/**
 * Waits until every workload is rolled out with all its replicas, every Job has succeeded, and no pod is anything but
 * ready.
 */
export async function untilReady(namespace: string, timeoutSeconds: number): Promise<void> {
  await explained(namespace, () =>
    waitFor(`every pod of ${namespace} to be ready`, timeoutSeconds, async () => {
      const { workloads, pods, least } = await runningIn(namespace);
      const late = workloads.filter((workload) => !isRolledOut(workload, least[workload.metadata.name] ?? 0));
      if (workloads.length === 0 || late.length > 0)
        throw new Error(`not rolled out: ${late.map(({ metadata }) => metadata.name).join(', ')}`);
      const unready = pods.filter((pod) => pod.status.phase !== 'Succeeded' && !isReady(pod));
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
    // Without a replica, as with a canary that has the pods, these are absent.
    (status.replicas ?? 0) === replicas &&
    (status.updatedReplicas ?? 0) === replicas &&
    (status.readyReplicas ?? 0) === replicas
  );
}
