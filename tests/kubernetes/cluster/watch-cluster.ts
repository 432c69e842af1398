import { attempt } from '../../support/command.ts';
import { keepCluster } from './keep-cluster.ts';

const seconds = { status: 30, up: 120 } as const;

/** Keeps the cluster that `cluster` started running, and says when it was mended. @returns ends the watch */
export function watchCluster(): () => Promise<void> {
  return keepCluster(
    (verb) => attempt('cluster', [verb], { timeoutSeconds: seconds[verb] }),
    (line) => console.log(`${new Date().toISOString()} ${line}`),
  );
}
