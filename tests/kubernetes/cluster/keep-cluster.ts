import { existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { attempt } from '../../support/steps.ts';

interface Program {
  readonly name: string;
  readonly processId: string;
}

const everyMs = 1_000;
/** How often the whole cluster is asked whether it works: that costs a quarter of a processor's second. */
const looksBetweenQuestions = 15;

const networkPolicies = 'network-policies';
/** The kernel's list of the queues that a program reads; the first column is the queue's number. */
const packetQueues = '/proc/net/netfilter/nfnetlink_queue';
const policyQueue = /^ *100 /m;
/** One that has just started has no queue yet. */
const mostLooksWithoutQueue = 5;

const seconds = { status: 30, up: 120 } as const;

/** Runs `cluster status`, or `cluster up`, whatever its exit code; 0 where all of the cluster works. */
const cluster = (verb: 'status' | 'up') => attempt('cluster', [verb], { timeoutSeconds: seconds[verb] });
const say = (line: string) => console.log(`${new Date().toISOString()} ${line}`);

/**
 * Starts the cluster's programs again when one of them has ended or the cluster does not work, and says so. The one
 * that enforces network policies needs this: it ends, with a nil pointer, when a packet comes from a pod that it has
 * not heard of yet, and now and then the kernel takes the packets' queue from one that has just started, by the end of
 * another socket of that program. Until it reads its queue no new connection of any pod succeeds, while it runs and
 * logs nothing.
 *
 * @returns ends the watch
 */
export function keepCluster(): () => Promise<void> {
  const stop = new AbortController();
  let programs: readonly Program[] = [];
  let looks = 0;
  let looksWithoutQueue = 0;
  const watch = async () => {
    while (!stop.signal.aborted) {
      await setTimeout(everyMs, undefined, { signal: stop.signal }).catch(() => undefined);
      if (!stop.signal.aborted) await look().catch((error: unknown) => say(String(error)));
    }
  };
  const look = async () => {
    looks += 1;
    const enforcing = programs.find((program) => program.name === networkPolicies && runs(program));
    looksWithoutQueue = enforcing !== undefined && !isQueueRead() ? looksWithoutQueue + 1 : 0;
    if (enforcing !== undefined && looksWithoutQueue >= mostLooksWithoutQueue) {
      process.kill(Number(enforcing.processId), 'SIGKILL');
      say(`the cluster's ${networkPolicies} did not read its queue and was killed`);
      looksWithoutQueue = 0;
    }
    if (looks % looksBetweenQuestions !== 1 && programs.every(runs)) return;
    const { exitCode, stdout } = await cluster('status');
    programs = programsOf(stdout);
    if (exitCode === 0 || stop.signal.aborted) return;
    const listed = (state: string) =>
      [...stdout.matchAll(new RegExp(`^(\\S+) +${state}$`, 'gm'))].map(([, name]) => name).join(', ');
    const ended = listed('not running');
    await cluster('up');
    say(
      ended === ''
        ? `the cluster's ${listed('does not work') || 'programs'} did not answer in time`
        : `the cluster's ${ended} had ended and was started again`,
    );
    looks = 0;
  };
  const watching = watch();
  return async () => {
    stop.abort();
    await watching;
  };
}

/** Those that run, as `cluster status` prints them. */
function programsOf(status: string): readonly Program[] {
  return [...status.matchAll(/^(\S+) +(\d+)$/gm)].map(([, name = '', processId = '']) => ({ name, processId }));
}

function isQueueRead(): boolean {
  return !existsSync(packetQueues) || policyQueue.test(readFileSync(packetQueues, 'utf8'));
}

function runs({ processId }: Program): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${processId}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
