import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { attempt } from './command.ts';
import { yieldControlPlane } from './other-machines.ts';

const everyMs = 1_000;

/**
 * Lets those programs of the cluster yield that elsewhere have machines of their own, and starts all of them again when one has ended,
 * and says so. The one that enforces network policies does end, with a nil pointer, when a packet comes from a pod that it has not
 * heard of yet; until it is back no new connection of any pod succeeds.
 *
 * @returns ends the watch
 */
export function keepCluster(say: (line: string) => void): () => Promise<void> {
  const stop = new AbortController();
  let programs: readonly Program[] = [];
  const watch = async () => {
    while (!stop.signal.aborted) {
      await look().catch((error: unknown) => say(String(error)));
      await setTimeout(everyMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const look = async () => {
    if (programs.length > 0 && programs.every(runs)) return;
    const ended = programs.filter((program) => !runs(program)).map(({ name }) => name);
    if (ended.length > 0) {
      await attempt('cluster', ['up'], { timeoutSeconds: 120 });
      say(`${new Date().toISOString()} the cluster's ${ended.join(', ')} had ended and was started again`);
    }
    programs = await runningPrograms();
    for (const program of programs) yieldControlPlane(program);
  };
  const watching = watch();
  return async () => {
    stop.abort();
    await watching;
  };
}

/** A program of the cluster, as `cluster status` prints it. Asking that each second would cost what a pod does. */
interface Program {
  readonly name: string;
  readonly processId: string;
}

async function runningPrograms(): Promise<readonly Program[]> {
  const { stdout } = await attempt('cluster', ['status'], { timeoutSeconds: 30 });
  return [...stdout.matchAll(/^(\S+) +(\d+)$/gm)].map(([, name = '', processId = '']) => ({ name, processId }));
}

function runs({ processId }: Program): boolean {
  return existsSync(join('/proc', processId));
}
