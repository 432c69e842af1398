import type { Activation } from '@daytrade/contracts';

/**
 * The version to which a rollback goes: the one that was live before the live one, where a rollback undoes the
 * activation before it and so does not count as one itself.
 *
 * @param log what was live when, oldest first
 */
export function previousLive(log: readonly Pick<Activation, 'version' | 'action'>[]): string | undefined {
  const promoted: string[] = [];
  for (const { version, action } of log) {
    if (action === 'rollback') promoted.pop();
    else promoted.push(version);
  }
  return promoted.at(-2);
}
