import type { ObjectStore } from '../objects/object-store.ts';

/**
 * Removes the objects below a prefix that no row names. Objects are written before their rows, so what is listed here is
 * compared with rows that are read later, and a young object is left for the process that may be about to name it.
 *
 * @param olderThan instant, milliseconds since 1970 UTC
 * @param named keys that rows name
 */
export async function removeOrphans(
  objects: ObjectStore,
  prefix: string,
  olderThan: number,
  named: () => Promise<readonly string[]>,
): Promise<void> {
  const old = (await objects.entries(prefix)).filter(({ updatedAt }) => updatedAt < olderThan);
  if (old.length === 0) return;
  const known = new Set(await named());
  for (const { key } of old) {
    if (!known.has(key)) await objects.delete(key);
  }
}
