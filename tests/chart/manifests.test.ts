import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  allManifests,
  environmentObjects,
  type Overlay,
  overlays,
} from '../../infrastructure/kubernetes/chart-manifests.ts';
import { identity, type KubernetesObject } from '../../infrastructure/kubernetes/rendered-chart.ts';
import { onPath } from '../support/packed-programs.ts';
import { manifests, succeed } from './programs.ts';
import { objectsOf } from './rendered.ts';
import { withPrograms } from './with-programs.ts';

/** What only manifests have: the namespace, and what makes the Secret in the cluster where no Helm does. */
const ofManifestsAlone = ({ kind, metadata }: KubernetesObject): boolean =>
  kind === 'Namespace' || metadata.labels?.['app.kubernetes.io/component'] === 'secrets';

/** Objects by kind and name; environment variables sorted, since a patch puts those that it changes first. */
const byIdentity = (objects: readonly KubernetesObject[]): Record<string, KubernetesObject> =>
  JSON.parse(JSON.stringify(Object.fromEntries(objects.map((object) => [identity(object), object]))), (key, value) =>
    key === 'env' && Array.isArray(value) ? value.sort((one, other) => one.name.localeCompare(other.name)) : value,
  ) as Record<string, KubernetesObject>;

const read = (file: string): string => readFileSync(join(manifests, file), 'utf8');

withPrograms(['helm', 'kubectl'], 'the manifests', () => {
  const made = onPath('helm') ? allManifests() : new Map<string, string>();

  it('are what write-manifests.ts makes of the chart now', () => {
    expect(made.size).toBeGreaterThan(15);
    for (const [file, text] of made) expect(read(file), file).toBe(text);
  });

  it('hold no file that nothing makes or names', () => {
    const written = globSync('{base,components,overlays}/**/*.yaml', { cwd: manifests })
      .filter((file) => !file.endsWith('kustomization.yaml'))
      .filter((file) => !made.has(file));
    expect(written.sort()).toEqual(['base/namespace.yaml', 'base/secrets.yaml']);
  });

  it('are applied from base/ in the order of the two commands: the namespace is in a file of its own', () => {
    const objects = objectsOf(read('base/namespace.yaml'));
    expect(objects.map(identity)).toEqual(['Namespace/day-trade']);
    expect(objects[0]?.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  it.each(Object.keys(overlays) as Overlay[])(
    'are by Kustomize the objects of the chart with the values of %s',
    (overlay) => {
      const built = objectsOf(succeed('kubectl', ['kustomize', join(manifests, 'overlays', overlay)]));
      const ofChart = environmentObjects(overlay).map(({ object }) => object);
      expect(ofChart.length).toBeGreaterThan(40);
      expect(byIdentity(built.filter((object) => !ofManifestsAlone(object)))).toEqual(byIdentity(ofChart));
      const { namespace } = overlays[overlay];
      const elsewhere = built.filter(
        ({ metadata }) => metadata.namespace !== undefined && metadata.namespace !== namespace,
      );
      expect(elsewhere.map(identity)).toEqual([]);
      expect(built.filter(({ kind }) => kind === 'Namespace').map(identity)).toEqual([`Namespace/${namespace}`]);
    },
  );
});
