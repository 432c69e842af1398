import { waitFor } from '../../support/steps.ts';
import { explained } from '../cluster/describe-failure.ts';
import { runningIn } from './until-ready.ts';

/** Waits for a number of replicas that are asked for and ready. @returns it */
export async function untilReplicas(
  namespace: string,
  name: string,
  wanted: (replicas: number) => boolean,
  timeoutSeconds: number,
): Promise<number> {
  return await explained(namespace, () =>
    waitFor(`replicas of ${name}`, timeoutSeconds, async () => {
      const { workloads, pods } = await runningIn(namespace);
      const found = workloads.find(({ metadata }) => metadata.name === name);
      const { replicas = 0, readyReplicas = 0 } = found?.status ?? {};
      const own = pods.filter(({ metadata }) => metadata.labels['app.kubernetes.io/component'] === name);
      if (
        found?.spec.replicas === replicas &&
        own.length === replicas &&
        readyReplicas === replicas &&
        wanted(replicas)
      )
        return replicas;
      throw new Error(`${replicas} replicas, ${readyReplicas} of them ready`);
    }),
  );
}
