/** What decides how many requests a canary gets: the weights of a route, or how many pods each version has. */
export type SharedBy = 'route' | 'replicas';

/**
 * Pods that a canary needs for a share of the requests. Behind a route that is as many as bear this share of the load;
 * else the pods are the share, which is then never above the one named but for the first pod.
 * @param pods of the version that serves
 * @param weight the share in percent, below 100
 */
export function canaryPods(by: SharedBy, pods: number, weight: number): number {
  if (by === 'route') return Math.max(1, Math.ceil((pods * weight) / 100));
  return weight === 0 ? 0 : Math.max(1, Math.floor((pods * weight) / (100 - weight)));
}

/** The share of the requests that a canary really gets, in percent. */
export function realShare(by: SharedBy, pods: number, weight: number): number {
  if (by === 'route') return weight;
  const own = canaryPods(by, pods, weight);
  return own === 0 ? 0 : (100 * own) / (pods + own);
}

/** The smallest step, in percent: by pods, no share is below that of one pod. */
export function smallestStep(by: SharedBy, pods: number): number {
  return by === 'route' ? 1 : Math.ceil(100 / (pods + 1));
}

/** The weights that a healthy canary goes through. */
export function weightsOf(stepWeight: number, maxWeight: number): readonly number[] {
  const steps = Math.ceil(maxWeight / stepWeight);
  return Array.from({ length: steps }, (_, i) => Math.min((i + 1) * stepWeight, maxWeight));
}
