import { join } from 'node:path';
import { stringify } from 'yaml';
import { type KubernetesObject, type Rendered, renderChart } from './rendered-chart.ts';

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
  const fileOf = ({ template, object }: Rendered) =>
    object.kind === 'NetworkPolicy' && templates.has(object.metadata.name) ? object.metadata.name : template;
  const files = Map.groupBy(objects, fileOf);
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
