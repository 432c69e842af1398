import { setTimeout as pause } from 'node:timers/promises';
import { attempt, waitFor } from '../../support/command.ts';
import { programsOf } from '../cluster/cluster-programs.ts';
import { kubectl } from '../cluster/kubectl.ts';
import type { Fault } from './fault.ts';
import { saidBy, whatIsSeen } from './operator.ts';
import { ended, fetchOf, readyAfter } from './runs.ts';

const awaySeconds = 60;

export const withoutDns: Fault = {
  name: `CoreDNS away for ${awaySeconds} s`,
  happen: async (installation) => {
    const scale = (to: number) => kubectl(['scale', 'deployment/coredns', '-n', 'kube-system', `--replicas=${to}`]);
    await scale(0);
    try {
      const { id } = await installation.start('startFetch', fetchOf('2024-06-03'));
      await pause(awaySeconds * 1000);
      const told = await whatIsSeen(installation.namespace);
      await scale(1);
      const recoverySeconds = await readyAfter(installation.namespace);
      return { told, recoverySeconds, data: `${ended(await installation.ended(id, 400))}; asked for meanwhile` };
    } finally {
      await scale(1);
    }
  },
};

/** The process stands still: connections stay open and nothing answers, which is worse than one that is refused. */
export const withoutApi: Fault = {
  name: `the API server away for ${awaySeconds} s`,
  happen: async (installation) => {
    const { stdout } = await attempt('cluster', ['status'], { timeoutSeconds: 60 });
    const server = programsOf(stdout).find(({ name }) => name === 'kube-apiserver');
    if (server === undefined) throw new Error('only a cluster that `cluster up` started can lose its API server');
    process.kill(Number(server.processId), 'SIGSTOP');
    let told: string;
    let id: string;
    try {
      ({ id } = await installation.start('startFetch', fetchOf('2024-07-01')));
      told = await saidBy(`kubectl get pods -n ${installation.namespace} --request-timeout=10s`);
      await pause((awaySeconds - 10) * 1000);
    } finally {
      process.kill(Number(server.processId), 'SIGCONT');
    }
    await waitFor('the API server to answer', 60, () => kubectl(['get', '--raw', '/readyz']));
    const recoverySeconds = await readyAfter(installation.namespace);
    return { told: [told], recoverySeconds, data: `${ended(await installation.ended(id, 400))}; asked for meanwhile` };
  },
};
