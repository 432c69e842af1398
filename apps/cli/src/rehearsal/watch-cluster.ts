import type { Programs } from '@daytrade/deployment';
import { type ClusterCommand, keepCluster } from '@daytrade/rehearsal';

const broken = / (?:not running|does not work)$/m;

/**
 * Keeps the cluster that the command `cluster` started running while it is rehearsed on. Another one, which kubeconfig
 * may choose just as well, is left alone.
 *
 * @param say hears what was mended
 * @returns ends the watch
 */
export async function watchCluster(
  programs: Programs,
  kubeconfig: string | undefined,
  say: (line: string) => void,
): Promise<() => Promise<void>> {
  const variables = (await programs.tryRead('cluster', ['env'])) ?? '';
  const own = /^export KUBECONFIG=(.+)$/m.exec(variables)?.[1];
  if (own === undefined || own !== kubeconfig) return async () => undefined;
  const cluster: ClusterCommand = async (verb) => {
    const stdout = await programs.read('cluster', [verb], { allowed: [0, 1] });
    return { exitCode: broken.test(stdout) ? 1 : 0, stdout };
  };
  return keepCluster(cluster, say);
}
