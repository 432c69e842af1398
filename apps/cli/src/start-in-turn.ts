import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const lookEveryMs = 50;
/** So many processors idle leave room for a start beside what serves. */
const enoughIdle = 0.5;
/** Counted off by chance, so that of several that wait one goes first: its start is what keeps the others waiting. */
const mostIdleLooks = 30;

/** What is asked of the machine; the tests have one of their own. */
export interface Machine {
  /** Seconds that its processors were idle, summed over them since it started; undefined where it does not tell. */
  readonly idleSeconds: () => number | undefined;
  /** Milliseconds. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

/**
 * Waits until half a processor of the machine is idle, as stations on one cable wait for each other: every one that waits counts idle
 * looks down from a number of its own and goes at zero; while another starts there is nothing idle, and it does not count. So the parts
 * of a release that are replaced at the same time on a small node load one after the other, and those that serve keep their processor.
 *
 * @param mostSeconds after half to all of these it goes anyway, since it may be a machine too busy that it was called to relieve
 */
export async function waitForIdleProcessor(mostSeconds: number, machine: Machine = thisMachine): Promise<void> {
  const end = machine.now() + mostSeconds * 1000 * (1 + machine.random()) * 0.5;
  let left = Math.floor(machine.random() * mostIdleLooks);
  let before = machine.idleSeconds();
  let at = machine.now();
  while (before !== undefined && machine.now() < end) {
    await machine.pause(lookEveryMs);
    const idle = machine.idleSeconds() ?? before;
    const now = machine.now();
    if ((idle - before) * 1000 >= enoughIdle * (now - at)) left -= 1;
    if (left < 0) return;
    before = idle;
    at = now;
  }
}

/** Waits as DAYTRADE_START_WAIT_SECONDS says, before anything is loaded. A value that is not valid is told when the settings are read. */
export async function startInTurn({ DAYTRADE_START_WAIT_SECONDS: seconds = '0' }: NodeJS.ProcessEnv): Promise<void> {
  if (!(Number(seconds) > 0)) return;
  // The first process of a container gets only signals that it asks for.
  const stop = () => process.exit();
  process.on('SIGTERM', stop).on('SIGINT', stop);
  await waitForIdleProcessor(Number(seconds));
  process.off('SIGTERM', stop).off('SIGINT', stop);
}

const thisMachine: Machine = {
  // Linux tells of the whole machine, to a container as well; other systems have no such file.
  idleSeconds: () => {
    try {
      const [, , , , idle, waiting] = /^cpu .*/m.exec(readFileSync('/proc/stat', 'utf8'))?.[0].split(/\s+/) ?? [];
      const hundredths = Number(idle) + Number(waiting);
      return Number.isFinite(hundredths) ? hundredths / 100 : undefined;
    } catch {
      return undefined;
    }
  },
  now: () => performance.now(),
  pause: (ms) => setTimeout(ms),
  random: Math.random,
};
