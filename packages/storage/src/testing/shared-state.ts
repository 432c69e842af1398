import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where in the temporary folder of a run of tests the state is that all its processes copy. */
export const sharedStateName = 'shared-new-state';
/** A file beside it, from before it is there until the run ends. */
export const sharedStateMark = 'shared-new-state-comes';

const longestWait = { looks: 3_000, milliseconds: 40 };

/** Waits for the state that another process makes for the whole run; undefined where none does. */
export async function sharedState(): Promise<string | undefined> {
  const [state, mark] = [sharedStateName, sharedStateMark].map((name) => join(tmpdir(), name)) as [string, string];
  if (!existsSync(mark)) return undefined;
  for (let look = 0; look < longestWait.looks; look += 1) {
    if (existsSync(state)) return state;
    await sleep(longestWait.milliseconds);
  }
  return undefined;
}
