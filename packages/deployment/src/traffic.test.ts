import { expect, it } from 'vitest';
import { getsAllTraffic, type ServingDeployment } from './traffic.ts';

const part = (name: string, image: string, status: ServingDeployment['status']): ServingDeployment => ({
  metadata: { name, generation: 2 },
  spec: { template: { spec: { containers: [{ image }] } } },
  status,
});
const whole = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2 };

it('all requests go to an image when every part that answers has only ready pods of it', () => {
  const ready = part('ml-service', 'a:1', whole);
  expect(getsAllTraffic([ready, part('dashboard', 'a:1', whole)], 'a:1')).toBe(true);
  expect(getsAllTraffic([ready, part('worker', 'a:1', { ...whole, updatedReplicas: 1 })], 'a:1')).toBe(true);
  expect(getsAllTraffic([], 'a:1')).toBe(false);
  for (const late of [{ observedGeneration: 1 }, { updatedReplicas: 1 }, { readyReplicas: 1 }, { replicas: 3 }])
    expect(getsAllTraffic([ready, part('dashboard', 'a:1', { ...whole, ...late })], 'a:1')).toBe(false);
  expect(getsAllTraffic([ready, part('dashboard', 'a:2', whole)], 'a:1')).toBe(false);
});
