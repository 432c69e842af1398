import { join } from 'node:path';
import { workerScaling } from '@daytrade/contracts';
import { type KubernetesObject, renderChart } from '../../infrastructure/kubernetes/write-manifests.ts';
import { helmFolder } from './programs.ts';

/** Every file of values, in the order of the table. */
const sizedEnvironments = ['development', 'small', 'staging', 'production', 'azure'] as const;

/** What all pods that last ask for together. */
interface Size {
  readonly pods: number;
  /** Processors and GiB that nodes must have free. */
  readonly processors: number;
  readonly memory: number;
  readonly mostProcessors: number;
  readonly mostMemory: number;
  /** GiB of claims. */
  readonly storage: number;
  /** What the largest pod asks for, which starts beside the old one at an upgrade. */
  readonly largest: { readonly processors: number; readonly memory: number };
}

interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

/** The size of an environment; with `most` each autoscaler is at its upper end. */
export function sizeOf(environment: string, most = false): Size {
  const values = [join(helmFolder, `values.${environment}.yaml`)];
  const objects = renderChart({ namespace: 'day-trade', values }).map(({ object }) => object);
  const parts = objects
    .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
    .map((object) => ({ replicas: replicasOf(object, objects, most), resources: resourcesOf(object) }));
  const sum = (value: (resources: Resources) => number) =>
    parts.reduce((total, { replicas, resources }) => total + replicas * value(resources), 0);
  return {
    pods: parts.reduce((total, { replicas }) => total + replicas, 0),
    processors: sum(({ requests }) => processors(requests.cpu)),
    memory: sum(({ requests }) => gibibytes(requests.memory)),
    mostProcessors: sum(({ limits }) => processors(limits.cpu)),
    mostMemory: sum(({ limits }) => gibibytes(limits.memory)),
    storage: objects.flatMap(claimsOf).reduce((total, size) => total + gibibytes(size), 0),
    largest: {
      processors: Math.max(...parts.map(({ resources }) => processors(resources.requests.cpu))),
      memory: Math.max(...parts.map(({ resources }) => gibibytes(resources.requests.memory))),
    },
  };
}

const resourcesOf = ({ spec }: KubernetesObject): Resources => spec.template.spec.containers[0].resources;

/** The number of the chart, else of the autoscaler, else of the scheduler service, which scales the workers. */
function replicasOf({ spec, metadata }: KubernetesObject, all: readonly KubernetesObject[], most: boolean): number {
  if (spec.replicas !== undefined) return spec.replicas;
  const autoscaler = all.find(
    (object) => object.kind === 'HorizontalPodAutoscaler' && object.metadata.name === metadata.name,
  );
  if (autoscaler) return most ? autoscaler.spec.maxReplicas : autoscaler.spec.minReplicas;
  const scheduler = all.find((object) => object.kind === 'Deployment' && object.metadata.name === 'scheduler-service');
  const variables: readonly { readonly name: string; readonly value: string }[] =
    scheduler?.spec.template.spec.containers[0].env;
  const scaling = workerScaling(variables.find(({ name }) => name === 'DAYTRADE_WORKER_SCALING')?.value ?? '');
  return Number(most ? scaling?.max : scaling?.min);
}

function claimsOf({ kind, spec }: KubernetesObject): readonly string[] {
  if (kind === 'PersistentVolumeClaim') return [spec.resources.requests.storage];
  return (spec?.volumeClaimTemplates ?? []).map((claim: KubernetesObject) => claim.spec.resources.requests.storage);
}

const processors = (quantity: string): number =>
  String(quantity).endsWith('m') ? Number.parseFloat(quantity) / 1000 : Number(quantity);

function gibibytes(quantity: string): number {
  const unit = { Mi: 1 / 1024, Gi: 1, Ti: 1024 }[quantity.slice(-2)];
  if (unit === undefined) throw new Error(`${quantity}: the table knows Mi, Gi and Ti`);
  return Number.parseFloat(quantity) * unit;
}

const rounded = (value: number): string => String(Math.round(value * 10) / 10);

/** What each environment asks for, as a table in Markdown. */
export function sizesTable(): string {
  const rows = sizedEnvironments.map((environment) => {
    const [least, most] = [sizeOf(environment), sizeOf(environment, true)];
    const asked = ({ processors: cpu, memory }: { readonly processors: number; readonly memory: number }) =>
      `${rounded(cpu)} processors, ${rounded(memory)} GiB`;
    const limits = `${rounded(least.mostProcessors)} processors, ${rounded(least.mostMemory)} GiB`;
    return (
      `| ${environment} | ${least.pods} | ${asked(least)} | ${limits} | ${asked(least.largest)} | ` +
      `${rounded(least.storage)} GiB | ${most.pods} pods: ${asked(most)} |`
    );
  });
  return [
    '| values | pods | requests | limits | the largest pod requests | claims | requests with every autoscaler ' +
      'at its most |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
