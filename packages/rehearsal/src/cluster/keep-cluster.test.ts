import { expect, it } from 'vitest';
import { type ClusterCommand, keepCluster } from './keep-cluster.ts';

it('starts what of the cluster has ended, and says so once', { tags: ['long'] }, async () => {
  const asked: string[] = [];
  const said: string[] = [];
  const mended = Promise.withResolvers<void>();
  const cluster: ClusterCommand = async (verb) => {
    asked.push(verb);
    const isUp = asked.includes('up');
    return { exitCode: isUp ? 0 : 1, stdout: `network-policies         ${isUp ? process.pid : 'not running'}\n` };
  };
  const stop = keepCluster(cluster, (line) => {
    said.push(line);
    mended.resolve();
  });
  await mended.promise;
  await stop();
  expect(asked).toEqual(['status', 'up']);
  expect(said).toEqual(["the cluster's network-policies had ended and was started again"]);
});
