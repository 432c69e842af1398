import type { Cluster } from './cluster.ts';

/** A container that is not what it should be, and the last that it wrote. */
export interface FailingContainer {
  readonly pod: string;
  readonly container: string;
  readonly state: string;
  readonly lastLines: readonly string[];
}

interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: { readonly reason?: string; readonly exitCode: number };
}

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

interface Pod {
  readonly metadata: { readonly name: string; readonly creationTimestamp: string; readonly deletionTimestamp?: string };
  readonly status: {
    readonly phase: string;
    readonly conditions?: readonly { readonly status: string; readonly message?: string }[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

interface Event {
  readonly type: string;
  readonly message: string;
  readonly lastTimestamp: string | null;
  readonly involvedObject: { readonly name: string };
}

const mostContainers = 3;
const lines = 20;

/**
 * Containers that are not ready, each with its state and its last lines: of the newest pods first, and before them all
 * that were started, since a pod that waits for room says nothing of its version.
 */
export async function failingContainers(cluster: Cluster): Promise<readonly FailingContainer[]> {
  const { items } = await cluster.objects<{ readonly items: readonly Pod[] }>('pods');
  const pods = items
    .filter(({ metadata, status }) => metadata.deletionTimestamp === undefined && status.phase !== 'Succeeded')
    .toSorted((a, b) => b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp));
  const failing = pods
    .flatMap((pod) => containersOf(pod))
    .toSorted((a, b) => Number(a.container === '') - Number(b.container === ''))
    .slice(0, mostContainers);
  if (failing.length === 0) return [];
  const { items: events } = await cluster.objects<{ readonly items: readonly Event[] }>('events');
  return await Promise.all(
    failing.map(async ({ pod, container, state, restarted }) => {
      const warning = events
        .filter(({ type, involvedObject }) => type === 'Warning' && involvedObject.name === pod)
        .toSorted((a, b) => (a.lastTimestamp ?? '').localeCompare(b.lastTimestamp ?? ''))
        .at(-1);
      return {
        pod,
        container,
        state: [...new Set([state, warning?.message ?? ''].map(withoutPreemption))].filter(Boolean).join('; '),
        lastLines: await lastLines(cluster, pod, container, restarted),
      };
    }),
  );
}

function containersOf({ metadata, status }: Pod) {
  const { initContainerStatuses = [], containerStatuses = [] } = status;
  const pod = metadata.name;
  const containers = [...initContainerStatuses, ...containerStatuses];
  if (containers.length === 0) {
    const message = status.conditions?.find((condition) => condition.status === 'False')?.message;
    return [{ pod, container: '', state: message ?? status.phase, restarted: false }];
  }
  return containers
    .filter(({ ready, state }) => !ready && state?.terminated?.exitCode !== 0)
    .map(({ name, state, lastState, restartCount }) => ({
      pod,
      container: name,
      state: stateInWords(state, lastState),
      restarted: restartCount > 0 && state?.terminated === undefined,
    }));
}

/** What a scheduler says of a pod that waits, without what it says twice. */
function withoutPreemption(message: string): string {
  return message.replace(/ preemption: .*/s, '').trim();
}

function stateInWords(state: ContainerState = {}, before: ContainerState = {}): string {
  const ended = state.terminated ?? before.terminated;
  const exit = ended === undefined ? [] : [`ended with ${ended.exitCode}${ended.reason ? ` (${ended.reason})` : ''}`];
  const { reason, message } = state.waiting ?? {};
  const waits = state.waiting === undefined ? [] : [[reason, message].filter(Boolean).join(': ') || 'is not started'];
  const words = [...waits, ...exit];
  return words.length === 0 ? 'runs and is not ready' : words.join('; ');
}

async function lastLines(cluster: Cluster, pod: string, container: string, restarted: boolean) {
  if (container === '') return [];
  const previous = restarted ? ['--previous'] : [];
  const args = cluster.kubectl('logs', pod, '--container', container, `--tail=${lines}`, ...previous);
  const text = (await cluster.programs.tryRead('kubectl', args)) ?? '';
  return text.trimEnd() === '' ? [] : text.trimEnd().split('\n');
}

/** Failing containers as a person reads them. */
export function describeContainers(containers: readonly FailingContainer[]): string {
  return containers
    .map(({ pod, container, state, lastLines: said }) => {
      const heading = `${[pod, container].filter(Boolean).join('/')}: ${state}`;
      return [heading, ...(said.length === 0 ? ['(it wrote nothing)'] : said)].join('\n  ');
    })
    .join('\n');
}
