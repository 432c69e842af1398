import { expect, it } from 'vitest';
import type { Cluster } from './cluster.ts';
import { describeContainers, failingContainers } from './failing-containers.ts';

const room = '0/1 nodes are available: 1 Insufficient cpu.';
const pods = [
  {
    metadata: { name: 'worker-b', creationTimestamp: '2026-11-29T21:00:09Z' },
    status: {
      phase: 'Pending',
      conditions: [{ status: 'False', message: `${room} preemption: 0/1 nodes are available: ${room}` }],
    },
  },
  {
    metadata: { name: 'ml-service-a', creationTimestamp: '2026-11-29T21:00:00Z' },
    status: {
      phase: 'Running',
      containerStatuses: [{ name: 'ml-service', ready: false, restartCount: 0, state: { running: {} } }],
    },
  },
];
const events = [
  {
    type: 'Warning',
    message: `${room} preemption: no victims`,
    lastTimestamp: null,
    involvedObject: { name: 'worker-b' },
  },
  {
    type: 'Warning',
    message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
    lastTimestamp: '2026-11-29T21:00:20Z',
    involvedObject: { name: 'ml-service-a' },
  },
];
const cluster = {
  objects: async (kind: string) => ({ items: kind === 'pods' ? pods : events }),
  kubectl: (...args: readonly string[]) => args,
  programs: { tryRead: async () => 'it answers nobody\n' },
} as unknown as Cluster;

it('what was started and fails comes before what waits for room, which is said once', async () => {
  expect(describeContainers(await failingContainers(cluster)).split('\n')).toEqual([
    'ml-service-a/ml-service: runs and is not ready; Readiness probe failed: HTTP probe failed with statuscode: 503',
    '  it answers nobody',
    `worker-b: ${room}`,
    '  (it wrote nothing)',
  ]);
});
