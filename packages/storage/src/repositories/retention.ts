import type { TradeDate } from '@daytrade/market';
import type { ObjectStore } from '../objects/object-store.ts';

/** What a repository is to remove. */
export interface PruneOptions {
  /** Only what is older than this instant, ISO 8601 in UTC. */
  readonly before: string;
  /** Whether only to say what would be removed. */
  readonly dryRun: boolean;
}

/** What is to be removed of that which belongs to sessions. */
export interface PruneSessionsOptions {
  /** Only what is of earlier sessions. */
  readonly before: TradeDate;
  /** Whether only to say what would be removed. */
  readonly dryRun: boolean;
}

/** Rows that one statement removes, so that it holds no lock for long. */
export const prunedAtOnce = 500;

/** How long an object must have had no row, since that was first seen. Time to put back a database that was lost. */
const graceMilliseconds = 7 * 86_400_000;

/** When each object without a row was first seen as such, by its key; milliseconds since 1970 UTC. */
type FirstSeen = Readonly<Record<string, number>>;

/**
 * Removes the objects below a prefix that no row has named for days. What a crash left between an object and its row
 * looks like an object whose rows were lost; only the first stays so. So nothing is removed when it is first seen, and
 * nothing while no row names any of them: such a database is a new one in the place of another.
 *
 * @param prefix such as "models/"; what was seen is kept in the object "unnamed/models"
 * @param now instant, milliseconds since 1970 UTC
 * @param named keys that rows name; objects are written before their rows, so rows are read after the listing
 */
export async function removeOrphans(
  objects: ObjectStore,
  prefix: string,
  now: number,
  named: () => Promise<readonly string[]>,
): Promise<void> {
  const keys = await objects.list(prefix);
  const known = new Set(keys.length === 0 ? [] : await named());
  if (known.size === 0) return;
  const record = `unnamed/${prefix.replace(/\/$/, '')}`;
  const before = await firstSeen(objects, record);
  const after: Record<string, number> = {};
  for (const key of keys) {
    if (known.has(key)) continue;
    const since = before[key] ?? now;
    if (now - since >= graceMilliseconds) await objects.delete(key);
    else after[key] = since;
  }
  if (JSON.stringify(after) === JSON.stringify(before)) return;
  if (Object.keys(after).length === 0) await objects.delete(record);
  else await objects.put(record, Buffer.from(JSON.stringify(after)));
}

async function firstSeen(objects: ObjectStore, record: string): Promise<FirstSeen> {
  const bytes = await objects.get(record);
  if (bytes === undefined) return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    const entries = Object.entries(value ?? {}).filter(([, since]) => Number.isFinite(since));
    return Object.fromEntries(entries);
  } catch {
    // What is no such record says nothing, and the days count anew.
    return {};
  }
}
