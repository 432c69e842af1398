import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../../infrastructure/kubernetes/write-manifests.ts';
import { imageDigest } from '../applied-environment.ts';
import { outputsOf, type RenderedCharts, renderCharts } from '../rendered-charts.ts';
import type { CheckedEnvironment } from './checked-environment.ts';

/** What the charts render with the values that Terraform writes. */
export function checkCharts(checked: () => CheckedEnvironment): void {
  let outputs: Readonly<Record<string, string>>;
  let rendered: RenderedCharts | undefined;
  beforeAll(async () => {
    outputs = await outputsOf(checked().applied);
    rendered = await renderCharts(outputs);
    if (rendered === undefined) console.log('charts are not rendered: helm is not on the PATH');
  });

  const ofKind = (kind: string) => (rendered?.application ?? []).filter((object) => object.kind === kind);
  const ofCluster = (objects: readonly KubernetesObject[]) =>
    objects.map(({ kind }) => kind).filter((kind) => /^Cluster|^Namespace$|^NodePool$|^StorageClass$/.test(kind));

  it('run the image of this environment by its digest', ({ skip }) => {
    if (rendered === undefined) return skip();
    const containers: { image: string }[] = ofKind('Deployment').flatMap(({ spec }) => spec.template.spec.containers);
    const [image, ...others] = new Set(containers.map((container) => container.image));
    expect(others).toEqual([]);
    expect(image).toMatch(new RegExp(`:[0-9.]+@${imageDigest}$`));
    expect(image?.startsWith(`${outputs.image_repository_url}:`)).toBe(true);
  });

  it('ask the stores of this environment, and bring none', ({ skip }) => {
    if (rendered === undefined) return skip();
    const settings = JSON.stringify(rendered.application);
    for (const name of ['database_address', 'cache_address', 'objects_bucket']) {
      expect(settings).toContain(outputs[name]);
    }
    const own = ofKind('StatefulSet').map(({ metadata }) => metadata.name);
    expect(own.filter((name) => ['postgresql', 'redis'].includes(name))).toEqual([]);
  });

  it('take each secret by the ARN of one that there is', ({ skip }) => {
    if (rendered === undefined) return skip();
    const entries: { remoteRef: { key: string } }[] = ofKind('ExternalSecret').flatMap(({ spec }) => spec.data);
    const arns = checked()
      .account.list('secrets')
      .map((secret) => secret.ARN);
    expect(entries).toHaveLength(4);
    expect(entries.filter(({ remoteRef }) => !arns.includes(remoteRef.key))).toEqual([]);
    expect(ofKind('Secret').map(({ metadata }) => metadata.name)).not.toContain('day-trade-secrets');
  });

  it('leave to the chart of the cluster what a deployer may not make', ({ skip }) => {
    if (rendered === undefined) return skip();
    expect(ofCluster(rendered.application)).toEqual([]);
    expect(ofCluster(rendered.cluster)).toEqual(expect.arrayContaining(['ClusterRole', 'Namespace', 'StorageClass']));
    const [namespace] = rendered.cluster.filter(({ kind }) => kind === 'Namespace');
    expect(namespace?.metadata.name).toBe('day-trade');
  });
}
