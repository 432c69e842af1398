import { Programs } from '@daytrade/deployment';
import { expect, it, vi } from 'vitest';
import { watchCluster } from './watch-cluster.ts';

it('leaves a cluster alone that the command `cluster` did not start', async () => {
  const programs = new Programs({ onCommand: () => undefined, onOutput: () => undefined });
  const asked = vi.spyOn(programs, 'tryRead').mockResolvedValue('export KUBECONFIG=/own/kubeconfig\nexport PATH=/own');
  const run = vi.spyOn(programs, 'read').mockRejectedValue(new Error('it was asked'));
  for (const kubeconfig of ['/other/kubeconfig', undefined]) await (await watchCluster(programs, kubeconfig, String))();
  asked.mockResolvedValue(undefined);
  await (await watchCluster(programs, undefined, String))();
  expect(run).not.toHaveBeenCalled();
});
