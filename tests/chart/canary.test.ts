import { expect, it } from 'vitest';
import type { KubernetesObject } from '../../infrastructure/kubernetes/rendered-chart.ts';
import { onPath } from '../support/packed-programs.ts';
import { renderedObjects } from './rendered.ts';
import { kubernetesVersions, type Variant, variants } from './variants.ts';
import { withPrograms } from './with-programs.ts';

function rendered(name: string, ...set: readonly string[]): readonly KubernetesObject[] {
  const known = variants.find((each) => each.name === name) as Variant;
  const settings = [...known.settings, ...set];
  return onPath('helm') ? renderedObjects({ ...known, settings }, kubernetesVersions[2]) : [];
}

function find(objects: readonly KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  expect(found, `${kind} ${name}`).toBeDefined();
  return found as KubernetesObject;
}

/** The Deployments whose pods a Service finds. */
function behind(objects: readonly KubernetesObject[], service: string): string[] {
  const selector = Object.entries(find(objects, 'Service', service).spec.selector as Record<string, string>);
  return objects
    .filter(({ kind }) => kind === 'Deployment')
    .filter(({ spec }) => selector.every(([name, value]) => spec.template.metadata.labels[name] === value))
    .map(({ metadata }) => metadata.name)
    .sort();
}

/** Who beside the chart's own pods may ask ml-service. */
function clientsOf(objects: readonly KubernetesObject[]): readonly object[] {
  const { ingress } = find(objects, 'NetworkPolicy', 'ml-service').spec;
  const own = JSON.stringify('app.kubernetes.io/name');
  return ingress[0].from.filter((peer: object) => !JSON.stringify(peer).includes(own));
}

const imageOf = (deployment: KubernetesObject): string => deployment.spec.template.spec.containers[0].image;

withPrograms(['helm'], 'a canary', () => {
  const off = rendered('defaults');
  const routed = rendered('a canary behind a gateway');
  const byReplicas = rendered('a canary by replicas');

  it('is not there by default', () => {
    expect(JSON.stringify(off)).not.toContain('canary');
  });

  it('leaves every other object as it is, but for the ways to it', () => {
    for (const objects of [routed, byReplicas]) {
      for (const object of off.filter(({ kind }) => !['NetworkPolicy', 'Job', 'Secret'].includes(kind))) {
        expect(find(objects, object.kind, object.metadata.name), object.metadata.name).toEqual(object);
      }
    }
  });

  it('behind a gateway gets its weight by the route, and nothing from the Service of the stable version', () => {
    const [rule] = find(routed, 'HTTPRoute', 'ml-service').spec.rules;
    expect(rule.backendRefs).toEqual([
      { name: 'ml-service', port: 8000, weight: 90 },
      { name: 'ml-service-canary', port: 8000, weight: 10 },
    ]);
    expect(behind(routed, 'ml-service')).toEqual(['ml-service']);
    expect(behind(routed, 'ml-service-canary')).toEqual(['ml-service-canary']);
  });

  it('leaves the route to the version that serves once it is gone', () => {
    const [rule] = find(rendered('Gateway API'), 'HTTPRoute', 'ml-service').spec.rules;
    expect(rule.backendRefs).toEqual([{ name: 'ml-service', port: 8000 }]);
  });

  it('leaves whoever asks by the gateway let in, before, during and after', () => {
    const [others] = ['defaults', 'a canary by replicas'].map((name) => clientsOf(rendered(name)));
    expect(others).toEqual([]);
    const client = { namespaceSelector: { matchLabels: { name: 'gateway' } } };
    const set = 'networkPolicy.clients[0].namespaceSelector.matchLabels.name=gateway';
    for (const name of ['Gateway API', 'a canary behind a gateway']) {
      expect(clientsOf(rendered(name, set)), name).toEqual([client]);
    }
    expect(clientsOf(rendered('defaults', set))).toEqual([]);
  });

  it('without a gateway stands behind the Service of the stable version, and behind one of its own', () => {
    expect(byReplicas.filter(({ kind }) => kind === 'HTTPRoute')).toEqual([]);
    expect(behind(byReplicas, 'ml-service')).toEqual(['ml-service', 'ml-service-canary']);
    expect(behind(byReplicas, 'ml-service-canary')).toEqual(['ml-service-canary']);
  });

  it('runs the version that is tried, as the same part', () => {
    expect(imageOf(find(routed, 'Deployment', 'ml-service-canary'))).toBe('day-trade:0.2.0');
    const tried = find(byReplicas, 'Deployment', 'ml-service-canary');
    expect(imageOf(tried)).toMatch(/^day-trade:.*@sha256:0{64}$/);
    expect(imageOf(find(byReplicas, 'Deployment', 'ml-service'))).not.toContain('@');
    const migration = byReplicas.find(({ kind }) => kind === 'Job') as KubernetesObject;
    expect(imageOf(migration)).toBe(imageOf(tried));
    const { serviceAccountName, containers } = tried.spec.template.spec;
    expect(serviceAccountName).toBe('ml-service');
    expect(containers[0].args).toEqual(['serve', 'ml-service']);
  });
});
