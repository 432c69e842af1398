import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { attempt } from './command.ts';
import { type Program, programsOf } from './programs.ts';

const everyMs = 1_000;
/** How often the whole cluster is asked whether it works: that costs a quarter of a processor's second. */
const looksBetweenQuestions = 15;

/**
 * Starts the cluster's programs again when one of them has ended or the cluster does not work, and says so. The one that enforces network
 * policies does end, with a nil pointer, when a packet comes from a pod that it has not heard of yet; until it is back no new connection
 * of any pod succeeds.
 *
 * @returns ends the watch
 */
export function keepCluster(say: (line: string) => void): () => Promise<void> {
  const stop = new AbortController();
  let programs: readonly Program[] = [];
  let looks = 0;
  const watch = async () => {
    while (!stop.signal.aborted) {
      await setTimeout(everyMs, undefined, { signal: stop.signal }).catch(() => undefined);
      if (!stop.signal.aborted) await look().catch((error: unknown) => say(String(error)));
    }
  };
  const look = async () => {
    looks += 1;
    if (looks % looksBetweenQuestions !== 1 && programs.every(runs)) return;
    const { exitCode, stdout } = await attempt('cluster', ['status'], { timeoutSeconds: 30 });
    programs = programsOf(stdout);
    if (exitCode === 0 || stop.signal.aborted) return;
    const ended = [...stdout.matchAll(/^(\S+) +not running$/gm)].map((match) => match[1]).join(', ');
    await attempt('cluster', ['up'], { timeoutSeconds: 120 });
    say(`${new Date().toISOString()} the cluster's ${ended || 'programs'} had ended and was started again`);
    looks = 0;
  };
  const watching = watch();
  return async () => {
    stop.abort();
    await watching;
  };
}

function runs({ processId }: Program): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${processId}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
