import { expect, it } from 'vitest';
import type { KubernetesObject } from '../../infrastructure/kubernetes/write-manifests.ts';
import { onPath } from '../support/packed-programs.ts';
import { rendered } from './rendered.ts';
import { withPrograms } from './with-programs.ts';

const component = 'app.kubernetes.io/component';
const chosen = [
  'development',
  'staging',
  'production',
  'azure',
  'RDS with IAM, ElastiCache, S3',
  'backup to S3',
  'a canary behind a gateway',
];

interface Peer {
  readonly podSelector?: { readonly matchLabels?: Record<string, string> };
  readonly namespaceSelector?: object;
  readonly ipBlock?: object;
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports: readonly { readonly port: number }[];
}

/** `a > b : port` for each pair of components that a policy lets talk, as seen from one side. */
function pairs(policies: readonly KubernetesObject[], side: 'ingress' | 'egress'): Set<string> {
  const found = policies.flatMap(({ spec }) =>
    ((spec[side] ?? []) as Rule[]).flatMap((rule) =>
      (rule.from ?? rule.to ?? []).flatMap((peer) => {
        const other = peer.podSelector?.matchLabels?.[component];
        const own = spec.podSelector.matchLabels?.[component];
        if (other === undefined) return [];
        const ends = side === 'ingress' ? [other, own] : [own, other];
        return rule.ports.map(({ port }) => `${ends.join(' > ')} : ${port}`);
      }),
    ),
  );
  return new Set(found);
}

for (const name of chosen)
  withPrograms(['helm'], `the network policies with the values of ${name}`, () => {
    const objects = onPath('helm') ? rendered(name) : [];
    const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
    const components = new Set(
      objects
        .filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job', 'CronJob', 'Pod'].includes(kind))
        .map(({ metadata }) => metadata.labels?.[component] as string),
    );

    it('close every pod both ways', () => {
      const deny = policies.find(({ metadata }) => metadata.name === 'default-deny');
      expect(deny?.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    });

    it('name no empty list of rules, which Kubernetes drops: a second apply would change them again', () => {
      const empty = policies.filter(({ spec }) => spec.ingress?.length === 0 || spec.egress?.length === 0);
      expect(empty.map(({ metadata }) => metadata.name)).toEqual([]);
    });

    it('open a way only where both ends name it', () => {
      // A server may let in who is not installed, such as the backup.
      const into = [...pairs(policies, 'ingress')].filter((pair) => components.has(pair.split(' > ')[0] as string));
      expect([...pairs(policies, 'egress')].sort()).toEqual(into.sort());
      expect(into.length).toBeGreaterThan(5);
    });

    it('are there for every component, and let nobody in from everywhere', () => {
      const own = policies.map(({ spec }) => spec.podSelector.matchLabels?.[component]).filter(Boolean);
      expect(new Set(own)).toEqual(components);
      for (const { metadata, spec } of policies) {
        for (const rule of (spec.ingress ?? []) as Rule[]) {
          expect(rule.from?.length, metadata.name).toBeGreaterThan(0);
          for (const peer of rule.from ?? []) expect(peer.podSelector?.matchLabels?.[component]).toBeTypeOf('string');
        }
        for (const rule of (spec.egress ?? []) as Rule[]) expect(rule.ports.length, metadata.name).toBeGreaterThan(0);
      }
    });
  });

withPrograms(['helm'], 'the network policies with a collector of traces', () => {
  it('let the services send it traces, and nobody else', () => {
    const collector = { namespaceSelector: { matchLabels: { team: 'tracing' } } };
    const senders = rendered('defaults', 'networkPolicy.collectors[0].namespaceSelector.matchLabels.team=tracing')
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .filter(({ spec }) =>
        ((spec.egress ?? []) as Rule[]).some(({ to }) => JSON.stringify(to) === JSON.stringify([collector])),
      );
    const names = new Set(senders.map(({ spec }) => spec.podSelector.matchLabels?.[component]));
    expect(names).toEqual(new Set(['ml-service', 'data-service', 'scheduler-service', 'worker', 'dashboard']));
  });
});

const componentsThatReach = (objects: readonly KubernetesObject[]) =>
  objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .filter(({ spec }) =>
      ((spec.egress ?? []) as Rule[]).some(
        ({ to }) => JSON.stringify(to) === '[{"ipBlock":{"cidr":"203.0.113.0/24"}}]',
      ),
    )
    .map(({ spec }) => spec.podSelector.matchLabels?.[component]);

withPrograms(['helm'], 'the network policies with addresses outside of the cluster', () => {
  const redis = ['data-service', 'migrate', 'ml-service', 'scheduler-service', 'worker'];
  it.each<[string, string, readonly string[], ...string[]]>([
    ['J-Quants', 'jquants', ['worker']],
    ['defaults', 'jquants', []],
    ['notices', 'notices', ['scheduler-service']],
    ['defaults', 'notices', []],
    ['a Redis of Azure', 'entra', redis],
    ['a Redis of Azure', 'entra', [], 'externalRedis.authentication=password'],
  ])('let with the values of %s reach those of %s alone: %j', (name, key, expected, ...settings) => {
    const objects = rendered(name, ...settings, `networkPolicy.${key}.cidrs[0]=203.0.113.0/24`);
    expect(new Set(componentsThatReach(objects))).toEqual(new Set(expected));
  });
});

withPrograms(['helm'], 'a secret of the reader', () => {
  it.each([
    ['J-Quants', '{"secretKeyRef":{"name":"jquants","key":"api-key"}}', ['data-service', 'worker']],
    ['notices', '{"secretKeyRef":{"name":"readers","key":"webhook-url","optional":true}}', ['scheduler-service']],
  ])('is given out of its Secret to the parts that need it: %s', (name, key, expected) => {
    const given = rendered(name).filter(
      ({ kind, spec }) => kind === 'Deployment' && JSON.stringify(spec.template.spec.containers[0].env).includes(key),
    );
    expect(given.map(({ metadata }) => metadata.name).sort()).toEqual(expected);
  });
});

withPrograms(['helm'], 'the network policy of a backup that goes to a bucket', () => {
  it('lets it reach the bucket, and the addresses that its role has its credentials from', () => {
    const policies = rendered('backup to S3');
    const backup = policies.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'backup');
    const blocks = ((backup?.spec.egress ?? []) as Rule[]).flatMap(({ to = [], ports }) =>
      to.flatMap(({ ipBlock }) =>
        ipBlock === undefined ? [] : [{ ...ipBlock, ports: ports.map(({ port }) => port) }],
      ),
    );
    expect(blocks).toContainEqual(expect.objectContaining({ cidr: '169.254.170.23/32', ports: [80] }));
    expect(blocks).toContainEqual(expect.objectContaining({ ports: [443] }));
  });
});
