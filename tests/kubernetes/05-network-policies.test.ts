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

onCluster('the network policies', () => {
  let targets: ReadonlyMap<string, Component>;
  const to = (...components: readonly Component[]) =>
    [...targets].filter(([, component]) => components.includes(component)).map(([target]) => target);

  beforeAll(async () => {
    await productionWithModel();
    await makeNamespace(namespaces.stranger);
    targets = await everyTarget();
  });
  afterAll(() => removeNamespace(namespaces.stranger));

  it('let a pod of another namespace reach nothing, whatever it calls itself', async () => {
    const names = [undefined, 'dashboard', 'ml-service'];
    const outcomes = await Promise.all(
      names.map((name) =>
        connectFrom(
          {
            ...peer(name ?? 'stranger'),
            namespace: namespaces.stranger,
            ...(name === undefined ? { labels: {} } : {}),
          },
          [...targets.keys()],
        ),
      ),
    );
    figure('network policies: ports of pods and Services that a stranger tried', targets.size * names.length);
    for (const outcome of outcomes) expect(opened(outcome)).toEqual([]);
  });

  it('let a pod of the same namespace that is not a peer reach nothing', async () => {
    const outcome = await connectFrom({ namespace, name: 'probe-stranger', labels: { app: 'stranger' } }, [
      ...targets.keys(),
    ]);
    expect(opened(outcome)).toEqual([]);
  });

  it('let each peer reach what it is named for, and nothing else', async () => {
    const named: Readonly<Record<string, readonly Component[]>> = {
      test: ['ml-service', 'data-service', 'scheduler-service', 'dashboard'],
      worker: ['postgresql', 'redis'],
      migrate: ['postgresql'],
      backup: ['postgresql'],
    };
    await Promise.all(
      Object.entries(named).map(async ([component, components]) => {
        const outcome = await connectFrom(peer(component), [...targets.keys()]);
        expect(opened(outcome), component).toEqual(to(...components).sort());
      }),
    );
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
  const { items } = await kubectlJson<{ items: { metadata: { name: string }; spec: { clusterIP: string } }[] }>([
    'get',
    'services',
    '--namespace',
    namespace,
  ]);
  for (const { metadata, spec } of items) {
    const { name } = metadata;
    if (name in ports && spec.clusterIP !== 'None')
      targets.set(`${spec.clusterIP}:${ports[name as Component]}`, name as Component);
  }
  return targets;
}
