import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../../support/command.ts';
import { programsOf } from './cluster-programs.ts';

const controlPlane = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

/** Where the kernel's groups of processes for the processor are; each folder is one. */
const everyProcess = '/sys/fs/cgroup/cpu';
const idleGroup = join(everyProcess, 'day-trade-control-plane');

/**
 * The control plane of EKS, AKS and most clusters has machines of its own. Here it shares two processors with the pods,
 * and so it yields: a pod that wakes takes the processor from it at once. It gets what others leave, which is enough
 * while pods do not compute for long.
 *
 * @returns whether it yields; not for a cluster that `cluster` did not start, nor without such groups
 */
export async function yieldControlPlane(): Promise<boolean> {
  if (process.getuid?.() !== 0 || !existsSync(join(everyProcess, 'cpu.idle'))) return false;
  const processIds = await runningControlPlane();
  if (processIds.length < controlPlane.length) return false;
  mkdirSync(idleGroup, { recursive: true });
  writeFileSync(join(idleGroup, 'cpu.idle'), '1');
  move(processIds, idleGroup);
  return true;
}

/** Ends what {@link yieldControlPlane} began. */
export async function restoreControlPlane(): Promise<void> {
  if (existsSync(idleGroup)) move(await runningControlPlane(), everyProcess);
}

async function runningControlPlane(): Promise<readonly string[]> {
  const status = await attempt('cluster', ['status'], { timeoutSeconds: 30 }).catch(() => null);
  const programs = programsOf(status?.stdout ?? '');
  return programs.filter(({ name }) => controlPlane.includes(name)).map(({ processId }) => processId);
}

/** The kernel takes one process per write. */
function move(processIds: readonly string[], group: string): void {
  for (const processId of processIds) writeFileSync(join(group, 'cgroup.procs'), processId);
}
