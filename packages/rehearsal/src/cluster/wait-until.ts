import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again until the answer is not undefined.
 * @throws Error saying what was waited for, with the last error
 */
export async function waitUntil<Value>(
  what: string,
  seconds: number,
  ask: () => Promise<Value | undefined>,
  { signal, now, everyMs = 500 }: { signal: AbortSignal; now: () => number; everyMs?: number },
): Promise<Value> {
  const end = now() + seconds * 1000;
  let last = 'not yet';
  while (now() < end) {
    signal.throwIfAborted();
    try {
      const value = await ask();
      if (value !== undefined) return value;
    } catch (error) {
      last = (error as Error).message;
    }
    await pause(everyMs, undefined, { signal });
  }
  throw new Error(`waited ${seconds} s in vain for ${what}: ${last}`);
}
