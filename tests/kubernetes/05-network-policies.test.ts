import { afterAll, beforeAll, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { kubectlJson, podsOf } from './cluster/kubectl.ts';
import { makeNamespace, namespaces, removeNamespace } from './cluster/namespaces.ts';
import { onCluster } from './cluster/on-cluster.ts';
import { connectFrom, type Outcome } from './network/probe.ts';
import { environments } from './releases/environments.ts';
import { productionWithModel } from './releases/production.ts';

const { namespace } = environments.production;
/** Every port that something of the release listens on, by component. */
const ports = {
  'ml-service': 8000,
  'data-service': 8001,
  'scheduler-service': 8002,
  worker: 8003,
  dashboard: 8080,
  postgresql: 5432,
  redis: 6379,
  prometheus: 9090,
} as const;
type Component = keyof typeof ports;

/**
 * Pods of the release by one of their labels: a component whose pods no Service picks, so that nobody is sent to the
 * probe.
 */
const peer = (component: string) => ({
  namespace,
  name: `probe-${component}`,
  labels: { 'app.kubernetes.io/name': 'day-trade', 'app.kubernetes.io/component': component },
});

/** Components and what a pod with their labels is named for as a peer. */
const named: Readonly<Record<string, readonly Component[]>> = {
  test: ['ml-service', 'data-service', 'scheduler-service', 'dashboard'],
  worker: ['postgresql', 'redis'],
  migrate: ['postgresql'],
  backup: ['postgresql'],
};
const strangers = [
  { ...peer('stranger'), namespace: namespaces.stranger, labels: {} },
  ...['dashboard', 'ml-service'].map((name) => ({ ...peer(name), namespace: namespaces.stranger })),
];
const neighbour = { namespace, name: 'probe-stranger', labels: { app: 'stranger' } };

onCluster('the network policies', () => {
  let targets: ReadonlyMap<string, Component>;
  /** What each probe found open; all of them start together. */
  const reached = new Map<object, readonly string[]>();
  const peers = Object.keys(named).map(peer);

  beforeAll(async () => {
    await productionWithModel();
    await makeNamespace(namespaces.stranger);
    targets = await everyTarget();
    const probes = [...strangers, neighbour, ...peers].map(async (probe) => {
      reached.set(probe, opened(await connectFrom(probe, [...targets.keys()])));
    });
    await Promise.all(probes);
  });
  afterAll(() => removeNamespace(namespaces.stranger));

  it('let a pod of another namespace reach nothing, whatever it calls itself', () => {
    figure('network policies: ports of pods and Services that a stranger tried', targets.size * strangers.length);
    expect(strangers.map((stranger) => reached.get(stranger))).toEqual([[], [], []]);
  });

  it('let a pod of the same namespace that is not a peer reach nothing', () => {
    expect(reached.get(neighbour)).toEqual([]);
  });

  it.each(Object.keys(named))('let %s reach what it is named for, and nothing else', (component) => {
    const wanted = [...targets].filter(([, of]) => named[component]?.includes(of)).map(([target]) => target);
    expect(reached.get(peers[Object.keys(named).indexOf(component)]!)).toEqual(wanted.toSorted());
  });
});

const opened = (outcome: Readonly<Record<string, Outcome>>) =>
  Object.keys(outcome)
    .filter((target) => outcome[target] === 'open')
    .sort();

/**
 * Addresses of all pods and of all Services, with the ports of all components: `host:port` to the component that
 * listens there.
 */
async function everyTarget(): Promise<ReadonlyMap<string, Component>> {
  const targets = new Map<string, Component>();
  for (const [component, port] of Object.entries(ports) as [Component, number][]) {
    const pods = await podsOf(namespace, component);
    if (pods.length === 0) throw new Error(`there is no pod of ${component}`);
    for (const { status } of pods) targets.set(`${status.podIP}:${port}`, component);
  }
  type Services = { items: { metadata: { name: string }; spec: { clusterIP: string } }[] };
  const { items } = await kubectlJson<Services>(['get', 'services', '--namespace', namespace]);
  for (const { metadata, spec } of items) {
    const { name } = metadata;
    if (name in ports && spec.clusterIP !== 'None')
      targets.set(`${spec.clusterIP}:${ports[name as Component]}`, name as Component);
  }
  return targets;
}
