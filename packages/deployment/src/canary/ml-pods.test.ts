import { expect, it } from 'vitest';
import { clusterForTest } from '../cluster.fixture.ts';
import { MlPods } from './ml-pods.ts';

const secretKeyRef = { name: 'own-secret', key: 'token' };
const pod = (name: string, more: object = {}) => ({
  metadata: { name, labels: {}, ...more },
  spec: { containers: [{ env: [{ name: 'DAYTRADE_TOKEN', valueFrom: { secretKeyRef } }] }] },
  status: { phase: 'Running' },
});
const canary = { labels: { 'day-trade/track': 'canary' } };

it('reaches the pods of each version by an address that each keeps', async () => {
  const { cluster, programs } = clusterForTest();
  const ending = { deletionTimestamp: '2026-11-02T00:00:00Z' };
  programs.pods = [pod('old-1'), pod('old-2'), pod('old-3', ending), pod('new-1', canary)];
  const pods = new MlPods(cluster);
  const stable = await pods.addresses('stable');
  expect(stable).toEqual(['http://127.0.0.1:40001', 'http://127.0.0.1:40002']);
  expect(await pods.addresses('canary')).toEqual(['http://127.0.0.1:40003']);
  const [first] = programs.opened;
  if (first !== undefined) first.isOpen = false;
  expect(await pods.addresses('stable')).toEqual(stable);
  expect(programs.opened.map(({ call }) => call)).toEqual([
    'kubectl port-forward pod/old-1 :8000',
    'kubectl port-forward pod/old-2 :8000',
    'kubectl port-forward pod/new-1 :8000',
    'kubectl port-forward pod/old-1 40001:8000',
  ]);
  pods.close();
  expect(programs.opened.filter(({ isOpen }) => isOpen)).toEqual([]);
});

it('knows the token by the Secret that the pods name', async () => {
  const { cluster, programs } = clusterForTest();
  programs.pods = [pod('old-1')];
  await expect(new MlPods(cluster).token()).resolves.toBe('token of own-secret');
  programs.pods = [];
  await expect(new MlPods(cluster).token()).rejects.toThrow('no pod of ml-service names the Secret of its token');
});
