import type { Cluster, Upgrade } from '../cluster.ts';
import { DeploymentError } from '../deployment-error.ts';
import { objectsOf } from '../objects.ts';
import { imageOfPart } from '../rendered-image.ts';
import { realShare, type SharedBy, smallestStep, weightsOf } from './canary-shares.ts';
import { imageParts } from './image-parts.ts';

/** How far a canary goes, in percent of the requests. */
export interface CanarySteps {
  readonly stepWeight: number;
  readonly maxWeight: number;
}

/** How a version is to be tried beside the one that serves. */
export interface CanaryPlan extends CanarySteps {
  /** Image of the version that is tried, as pods name it. */
  readonly image: string;
  /** Image of the version that serves. */
  readonly stable: string;
  readonly by: SharedBy;
  /** Pods of the version that serves. */
  readonly pods: number;
  /** What installs the canary, which then gets no requests yet. */
  readonly upgrade: Upgrade;
}

interface MlService {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly { image: string }[] } } };
  readonly status: { readonly readyReplicas?: number };
}

/**
 * Plans a canary of what an upgrade would roll out. Chart and values are those of the upgrade from the first step on;
 * of the image, all parts keep what serves until the promotion.
 * @throws DeploymentError `not-ready` where there is nothing to compare it with, or no share that is small enough
 */
export async function planCanary(cluster: Cluster, upgrade: Upgrade, steps: CanarySteps): Promise<CanaryPlan> {
  const { stable, pods } = await servingPods(cluster);
  const image = imageOfPart(await cluster.render(upgrade)) ?? '';
  const [tried, serving] = [imageParts(image), imageParts(stable)];
  if (tried.repository !== serving.repository) {
    const both = `${tried.repository} and ${serving.repository}`;
    throw new DeploymentError('not-ready', `a canary is of the repository of the version that serves: ${both}`);
  }
  const set = [
    ...upgrade.set,
    `image.repository=${serving.repository},image.tag=${serving.tag},image.digest=${serving.digest}`,
    `canary.enabled=true,canary.image.tag=${tried.tag},canary.image.digest=${tried.digest},canary.weight=0`,
  ];
  const rendered = objectsOf(await cluster.render({ ...upgrade, set }));
  const by = rendered.has('HTTPRoute/ml-service') ? 'route' : 'replicas';
  const least = smallestStep(by, pods);
  if (least > steps.maxWeight) {
    const share = `one pod beside ${pods} gets ${least} % of the requests, and ${steps.maxWeight} % is the most`;
    throw new DeploymentError('not-ready', `${share}: more pods of ml-service, or a Gateway, give smaller shares`);
  }
  const canaries = by === 'route' ? 1 : 0;
  return {
    image,
    stable,
    by,
    pods,
    stepWeight: Math.max(steps.stepWeight, least),
    // What the pods cannot be a step of would be none: the most is the share that they can be.
    maxWeight: Math.ceil(realShare(by, pods, steps.maxWeight)),
    upgrade: { ...upgrade, set: [...set, `canary.replicaCount=${canaries}`] },
  };
}

/** The image that ml-service runs, and how many pods of it are ready. */
export async function servingPods(cluster: Cluster): Promise<{ readonly stable: string; readonly pods: number }> {
  const args = cluster.kubectl('get', 'deployment', 'ml-service', '--ignore-not-found', '--output', 'json');
  const text = await cluster.programs.read('kubectl', args);
  const { spec, status } = text.trim() === '' ? {} : (JSON.parse(text) as Partial<MlService>);
  const [container] = spec?.template.spec.containers ?? [];
  const pods = status?.readyReplicas ?? 0;
  if (container === undefined || pods === 0) {
    throw new DeploymentError('not-ready', `no ml-service is ready in ${cluster.namespace} to compare a canary with`);
  }
  return { stable: container.image, pods };
}

/** The steps of a plan, a line each. */
export function canarySteps({ by, pods, stepWeight, maxWeight, image, stable }: CanaryPlan): readonly string[] {
  const way = by === 'route' ? 'by the weights of the HTTPRoute' : `by pods beside the ${pods} that serve`;
  const weights = weightsOf(stepWeight, maxWeight).map((weight) => shareText(realShare(by, pods, weight)));
  return [
    `install ${image} as a canary beside ${stable}, without requests`,
    `give it ${weights.join(', ')} of the requests, ${way}; judge each step`,
    `promote it to all parts, and remove the canary; where it is judged bad, weight 0 and back to ${stable}`,
  ];
}

/** `10 %`, `33.3 %`. */
export function shareText(share: number): string {
  return `${Number(share.toFixed(1))} %`;
}
