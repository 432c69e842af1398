import type { Activation } from '@daytrade/contracts';

/**
 * The versions to which a rollback may go, nearest first: those that were live before the live one, where a rollback
 * undoes the activations after the one it went to and so does not count as one itself.
 *
 * @param log what was live when, oldest first
 */
export function previousLive(log: readonly Pick<Activation, 'version' | 'action'>[]): readonly string[] {
  const promoted: string[] = [];
  for (const { version, action } of log) {
    if (action !== 'rollback') {
      promoted.push(version);
      continue;
    }
    // What it passed over on its way is undone with the one that was live.
    do promoted.pop();
    while (promoted.length > 0 && promoted.at(-1) !== version);
  }
  return promoted.slice(0, -1).reverse();
}
