import { expect, it } from 'vitest';
import { getsAllTraffic, isImageOfPod, type ServingDeployment } from './traffic.ts';

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

it('an image is known by its digest, by which a version is named, whatever tag pods name beside it', () => {
  const [digest, other] = ['1', '2'].map((hex) => `sha256:${hex.repeat(64)}`);
  const ofPod = `registry.example:5000/day-trade:0.1.0@${digest}`;
  expect(isImageOfPod(ofPod, `registry.example:5000/day-trade@${digest}`)).toBe(true);
  expect(isImageOfPod(ofPod, `registry.example:5000/day-trade@${other}`)).toBe(false);
  expect(isImageOfPod(ofPod, `registry.example:5000/other@${digest}`)).toBe(false);
  expect(getsAllTraffic([part('ml-service', `a:1@${digest}`, whole)], `a@${digest}`)).toBe(true);
});
