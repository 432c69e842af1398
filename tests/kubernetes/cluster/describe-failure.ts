import { attempt } from '../../support/steps.ts';
import { isReady, podsOf } from './kubectl.ts';

/**
 * What a person would look at first: the state of all pods, the newest events, and the logs of pods that are not ready.
 */
async function describeFailure(namespace: string): Promise<string> {
  const ask = async (...args: readonly string[]) => {
    const { stdout, stderr } = await attempt('kubectl', ['--namespace', namespace, ...args], { timeoutSeconds: 30 });
    return stdout + stderr;
  };
  const parts = [
    await ask('get', 'pods', '--output=wide'),
    (await ask('get', 'events', '--sort-by=.lastTimestamp')).split('\n').slice(-20).join('\n'),
  ];
  const pods = await podsOf(namespace).catch(() => []);
  for (const pod of pods.filter((candidate) => !isReady(candidate) && candidate.status.phase !== 'Succeeded')) {
    const { name } = pod.metadata;
    parts.push(`--- log of ${name}`, await ask('logs', name, '--all-containers', '--tail=25'));
    if (pod.status.containerStatuses?.some(({ restartCount }) => restartCount > 0)) {
      parts.push(`--- log of ${name} before`, await ask('logs', name, '--all-containers', '--previous', '--tail=25'));
    }
  }
  return parts.join('\n');
}

/** Runs something and adds the state of the namespace to its error. */
export async function explained<Value>(namespace: string, action: () => Promise<Value>): Promise<Value> {
  try {
    return await action();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${message}\n\n${await describeFailure(namespace)}`, { cause: error });
  }
}
