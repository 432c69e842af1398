import { setTimeout } from 'node:timers/promises';
import { attempt } from './command.ts';

const everyMs = 1_000;

/**
 * Starts the cluster's programs again when one of them has ended, and says so. The one that enforces network policies does end, with a
 * nil pointer, when a packet comes from a pod that it has not heard of yet; until it is back no new connection of any pod succeeds.
 *
 * @returns ends the watch
 */
export function keepCluster(say: (line: string) => void): () => Promise<void> {
  const stop = new AbortController();
  const watch = async () => {
    while (!stop.signal.aborted) {
      await setTimeout(everyMs, undefined, { signal: stop.signal }).catch(() => undefined);
      if (!stop.signal.aborted) await look().catch((error: unknown) => say(String(error)));
    }
  };
  const look = async () => {
    const { exitCode, stdout } = await attempt('cluster', ['status'], { timeoutSeconds: 30 });
    if (exitCode !== 0 && !stop.signal.aborted) {
      const ended = [...stdout.matchAll(/^(\S+) +not running$/gm)].map((match) => match[1]).join(', ');
      await attempt('cluster', ['up'], { timeoutSeconds: 120 });
      say(`${new Date().toISOString()} the cluster's ${ended || 'programs'} had ended and was started again`);
    }
  };
  const watching = watch();
  return async () => {
    stop.abort();
    await watching;
  };
}
