import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Elsewhere the control plane and whoever runs helm and kubectl have machines of their own. Here they share the processors of the node
 * with its pods, so they yield: a session of processes shares a weight, which this sets as niceness does for a single one.
 */
const niceness = { controlPlane: 10, tests: 10 } as const;

const controlPlane: ReadonlySet<string> = new Set([
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'metrics-server',
  'provisioner',
  'load-balancers',
]);

/** Lets a program of the cluster yield to pods, when it is one that runs elsewhere. */
export function yieldControlPlane({ name, processId }: { readonly name: string; readonly processId: string }): void {
  if (controlPlane.has(name)) setNiceness(processId, niceness.controlPlane);
}

/** Lets these tests yield, with all that they start but the load. @returns undoes it */
export function yieldTests(): () => void {
  setNiceness('self', niceness.tests);
  return () => setNiceness('self', 0);
}

/** Where the kernel groups processes by session, and for root alone; elsewhere nothing changes. */
function setNiceness(processId: string, value: number): void {
  const path = join('/proc', processId, 'autogroup');
  if (process.getuid?.() === 0 && existsSync(path)) writeFileSync(path, `${value}`);
}
