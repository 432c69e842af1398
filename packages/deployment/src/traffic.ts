import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';

/** Parts that answer requests; workers end what they compute in their own time. */
const serving = ['ml-service', 'data-service', 'scheduler-service', 'dashboard'];
const everyMs = 500;

/** A Deployment, as far as it says who gets requests. */
export interface ServingDeployment {
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
  };
  readonly status: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
  };
}

/**
 * Whether every request goes to pods of an image, all of which are ready. Pods that end get none any more, so that this
 * is sooner than helm, which waits for their end.
 */
export function getsAllTraffic(deployments: readonly ServingDeployment[], image: string): boolean {
  const parts = deployments.filter(({ metadata }) => serving.includes(metadata.name));
  return (
    parts.length > 0 &&
    parts.every(({ metadata, spec, status: { observedGeneration, replicas = 0, updatedReplicas, readyReplicas } }) => {
      const isImage = spec.template.spec.containers.some((container) => isImageOfPod(container.image, image));
      const isSeen = observedGeneration === metadata.generation;
      return isImage && isSeen && updatedReplicas === replicas && readyReplicas === replicas;
    })
  );
}

/** Whether a pod runs an image: pods name it by tag and digest, a version by its digest alone where it has one. */
export function isImageOfPod(ofPod: string, image: string): boolean {
  return ofPod === image || ofPod.replace(/:[\w][\w.-]*@/, '@') === image;
}

/**
 * Waits until every request goes to pods of an image.
 * @param signal ends the wait
 * @returns milliseconds since 1970 then; undefined where the wait was ended before
 */
export async function whenAllTraffic(
  cluster: Cluster,
  image: string,
  now: () => number,
  signal: AbortSignal,
): Promise<number | undefined> {
  const args = cluster.kubectl('get', 'deployments', '--output', 'json');
  while (!signal.aborted) {
    const text = await cluster.programs.tryRead('kubectl', args);
    const { items } = JSON.parse(text ?? '{ "items": [] }') as { readonly items: readonly ServingDeployment[] };
    if (getsAllTraffic(items, image)) return now();
    await pause(everyMs);
  }
  return undefined;
}
