import { join } from 'node:path';
import { stringify } from 'yaml';
import { type Json, mergePatch } from './merge-patch.ts';
import { identity, type KubernetesObject, type Rendered, renderChart } from './rendered-chart.ts';

const here = import.meta.dirname;
const values = (environment: string) => join(here, '..', 'helm', `values.${environment}.yaml`);
/** Manifests have no authority to sign certificates with. */
const withoutTls = ['tls.mode=off'];
const everything = [
  'autoscaling.enabled=true',
  'backup.enabled=true',
  'monitoring.prometheus.enabled=true',
  'monitoring.grafana.enabled=true',
];

/** Which components an overlay takes; base/ has none of them. */
export const overlays = {
  development: { namespace: 'day-trade-dev', components: ['prometheus'] },
  staging: {
    namespace: 'day-trade-staging',
    components: ['autoscaling', 'backup', 'prometheus', 'alertmanager', 'grafana'],
  },
  production: {
    namespace: 'day-trade',
    components: ['autoscaling', 'backup', 'prometheus', 'alertmanager', 'grafana'],
  },
} as const;
export type Overlay = keyof typeof overlays;

/**
 * Objects whose name depends on the environment, so that each overlay has its own: kinds of the whole cluster, and a
 * name with a hash.
 */
const ofOneOverlay = ({ kind, metadata }: KubernetesObject): boolean =>
  kind.startsWith('Cluster') || metadata.name.startsWith('backup-volume-');

/** Deployments whose number of replicas the component `autoscaling` leaves to autoscalers. */
const scaled = ['ml-service', 'data-service', 'dashboard'];

/** Where an object that base/ lacks belongs. */
function componentOf({ template, object }: Rendered): string {
  if (object.kind === 'HorizontalPodAutoscaler') return 'autoscaling';
  if (object.kind === 'NetworkPolicy') return object.metadata.name;
  return template;
}

/** Components that only Helm's hooks have pods of. */
const ofHelmAlone = ['test', 'reconcile'];

/** The chart's objects as plain manifests have them: nothing of Helm, no Secret, nothing that only its hooks use. */
function plainObjects(rendered: readonly Rendered[]): Rendered[] {
  return rendered
    .filter(
      ({ object: { kind, metadata } }) =>
        kind !== 'Secret' && !ofHelmAlone.includes(metadata.labels?.['app.kubernetes.io/component'] ?? ''),
    )
    .map(({ template, object }) => ({ template, object: plain(object) }));
}

function plain(object: KubernetesObject): KubernetesObject {
  const copy = JSON.parse(JSON.stringify(object), (key, value) => {
    if (key === 'app.kubernetes.io/managed-by') return 'kubectl';
    if (key === 'helm.sh/resource-policy') return undefined;
    // Shows Helm when settings change; with manifests it is `kubectl rollout restart`.
    if (key === 'day-trade/settings' || key === 'day-trade/rules' || key === 'day-trade/dashboards') return undefined;
    return value;
  }) as KubernetesObject;
  dropEmptyAnnotations(copy);
  return copy;
}

function dropEmptyAnnotations(object: KubernetesObject): void {
  for (const holder of [object.metadata, object.spec?.template?.metadata]) {
    if (holder?.annotations && Object.keys(holder.annotations).length === 0) delete holder.annotations;
  }
}

/** What base/ is made from. */
const baseObjects = (): Rendered[] =>
  plainObjects(renderChart({ namespace: 'day-trade', values: [join(here, 'values.yaml')] }));

function componentObjects(base: readonly Rendered[]): Map<string, KubernetesObject[]> {
  const known = new Set(base.map(({ object }) => identity(object)));
  const all = renderChart({ namespace: 'day-trade', values: [join(here, 'values.yaml')], settings: everything });
  const components = new Map<string, KubernetesObject[]>();
  for (const rendered of plainObjects(all)) {
    if (known.has(identity(rendered.object)) || ofOneOverlay(rendered.object)) continue;
    const component = componentOf(rendered);
    components.set(component, [...(components.get(component) ?? []), rendered.object]);
  }
  return components;
}

/** The chart's objects with the values of an environment, in the same form. */
export const environmentObjects = (overlay: Overlay): Rendered[] =>
  plainObjects(
    renderChart({ namespace: overlays[overlay].namespace, values: [values(overlay)], settings: withoutTls }),
  );

/** What Kustomize itself sets for an overlay: namespace and the label of the environment. */
function moved(object: KubernetesObject, overlay: Overlay): KubernetesObject {
  const { namespace } = overlays[overlay];
  return JSON.parse(JSON.stringify(object), (key, value) =>
    key === 'namespace' && value === 'day-trade' ? namespace : key === 'day-trade/environment' ? overlay : value,
  ) as KubernetesObject;
}

/** The patches that make of base and components what the chart makes of the environment's values. */
function patchesOf(overlay: Overlay, before: readonly KubernetesObject[]): Json[] {
  const wanted = new Map(environmentObjects(overlay).map(({ object }) => [identity(object), object]));
  return before.flatMap((object) => {
    const after = wanted.get(identity(object));
    const patch = after && mergePatch(moved(object, overlay) as Json, after as Json);
    if (patch === undefined) return [];
    const { apiVersion, kind, metadata } = object;
    return [
      {
        apiVersion,
        kind,
        metadata: { name: metadata.name, namespace: 'day-trade' },
        ...(patch as { [key: string]: Json }),
      },
    ];
  });
}

const note = '# Made from the chart by write-manifests.ts: change the chart or its values, then run that.\n';
const yaml = (objects: readonly unknown[]): string =>
  note +
  objects
    .map((object) => stringify(object, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false }))
    .join('---\n');

/** Every file that is made from the chart: its path below this folder, and its text. */
export function allManifests(): Map<string, string> {
  const base = baseObjects();
  const files = new Map<string, string>();
  const templates = new Set(base.map((rendered) => rendered.template));
  const fileOf = ({ template, object }: Rendered) =>
    object.kind === 'NetworkPolicy' && templates.has(object.metadata.name) ? object.metadata.name : template;
  for (const file of templates) {
    const objects = base.filter((rendered) => fileOf(rendered) === file).map(({ object }) => object);
    files.set(`base/${file}.yaml`, yaml(objects));
  }
  const components = componentObjects(base);
  for (const [name, objects] of components) {
    files.set(`components/${name}/${name}.yaml`, yaml(objects.map(withoutFiles)));
  }
  for (const overlay of Object.keys(overlays) as Overlay[]) {
    const chosen: readonly string[] = overlays[overlay].components;
    const before = [...base.map(({ object }) => object), ...chosen.flatMap((name) => components.get(name) ?? [])];
    const unscaled = chosen.includes('autoscaling') ? before.map(withoutReplicas) : before;
    files.set(`overlays/${overlay}/patches.yaml`, yaml(patchesOf(overlay, unscaled)));
    const own = environmentObjects(overlay).filter(({ object }) => ofOneOverlay(object));
    files.set(`overlays/${overlay}/own.yaml`, yaml(own.map(({ object }) => object)));
  }
  return files;
}

/** Files of the chart that Kustomize adds to ConfigMaps, by the kustomization.yaml beside them. */
const addedFiles = /^ConfigMap\/(prometheus-rules (alerts|recording)\.yaml|grafana-dashboards .*\.json)$/;

function withoutFiles(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'ConfigMap') return object;
  const kept = Object.entries(object.data ?? {}).filter(([file]) => !addedFiles.test(`${identity(object)} ${file}`));
  return { ...object, data: Object.fromEntries(kept) };
}

function withoutReplicas(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Deployment' || !scaled.includes(object.metadata.name)) return object;
  const { replicas: _, ...spec } = object.spec;
  return { ...object, spec };
}
