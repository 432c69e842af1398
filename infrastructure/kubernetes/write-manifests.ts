/**
 * Writes base/ from the chart: `node scripts/run.mjs infrastructure/kubernetes/write-manifests.ts`. Needs `helm` on the
 * PATH.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';

/** A Kubernetes object as the chart renders it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  // oxlint-disable-next-line typescript/no-explicit-any -- its form depends on the kind
  readonly spec?: any;
  readonly [field: string]: unknown;
}

/** An object with the name of its template: `ml-service` for templates/ml-service.yaml. */
export interface Rendered {
  readonly template: string;
  readonly object: KubernetesObject;
}

const helmFolder = join(import.meta.dirname, '..', 'helm');

/** Renders the chart by `helm template`. @throws Error with helm's message when it refuses the values */
export function renderChart(options: {
  readonly namespace: string;
  /** Paths of values files. */
  readonly values: readonly string[];
}): Rendered[] {
  const flags = options.values.flatMap((file) => ['--values', file]);
  const text = execFileSync(
    'helm',
    ['template', 'day-trade-ml', join(helmFolder, 'day-trade-ml'), '--namespace', options.namespace, ...flags],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  return text
    .split(/^---$/m)
    .flatMap((part) =>
      parseAllDocuments(part).map((document) => ({
        template: part.match(/# Source: day-trade-ml\/templates\/(.+)\.yaml/)?.[1] ?? '',
        object: document.toJS() as KubernetesObject | null,
      })),
    )
    .filter((rendered): rendered is Rendered => rendered.object !== null);
}

/** Returns kind and name, which identify an object within its namespace. */
export const identity = (object: KubernetesObject): string => `${object.kind}/${object.metadata.name}`;

/** Components whose pods only hooks of Helm start. */
const ofHelmAlone = ['test', 'reconcile'];

/** Annotations that restart pods when Helm changes settings; with manifests that is `kubectl rollout restart`. */
const ofHelmUpgrades = ['helm.sh/resource-policy', 'day-trade/settings', 'day-trade/rules', 'day-trade/dashboards'];

const note = '# Made from the chart by write-manifests.ts: change the chart or its values, then run that.\n';

/** Renders `base/` from the chart: the text of each file by its path below this folder. */
export function allManifests(): Map<string, string> {
  const rendered = renderChart({ namespace: 'day-trade', values: [join(import.meta.dirname, 'values.yaml')] });
  const objects = rendered.filter(isPlain);
  const templates = new Set(objects.map(({ template }) => template));
  const manifestFile = ({ template, object }: Rendered) =>
    object.kind === 'NetworkPolicy' && templates.has(object.metadata.name) ? object.metadata.name : template;
  const files = Map.groupBy(objects, manifestFile);
  return new Map([...files].map(([file, own]) => [`base/${file}.yaml`, yaml(own.map(({ object }) => plain(object)))]));
}

/** Leaves out Secrets, which base/secrets.yaml makes in the cluster, and objects of Helm's hooks. */
function isPlain({ object: { kind, metadata } }: Rendered): boolean {
  return kind !== 'Secret' && !ofHelmAlone.includes(metadata.labels?.['app.kubernetes.io/component'] ?? '');
}

function plain(object: KubernetesObject): KubernetesObject {
  const copy = JSON.parse(JSON.stringify(object), (key, value) => {
    if (key === 'app.kubernetes.io/managed-by') return 'kubectl';
    return ofHelmUpgrades.includes(key) ? undefined : value;
  }) as KubernetesObject;
  for (const holder of [copy.metadata, copy.spec?.template?.metadata]) {
    if (holder?.annotations && Object.keys(holder.annotations).length === 0) delete holder.annotations;
  }
  return copy;
}

function yaml(objects: readonly KubernetesObject[]): string {
  const options = { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false } as const;
  return note + objects.map((object) => stringify(object, options)).join('---\n');
}

if (import.meta.main) {
  for (const [path, text] of allManifests()) {
    writeFileSync(join(import.meta.dirname, path), text);
    console.log(`wrote infrastructure/kubernetes/${path}`);
  }
}
