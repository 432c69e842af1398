import type { TradeDate } from '@daytrade/market';
import type { ObjectStore } from '../objects/object-store.ts';

/** Options of a removal by age. */
export interface PruneOptions {
  /** Removes only older entries; ISO 8601 in UTC. */
  readonly before: string;
  /** True only counts. */
  readonly dryRun: boolean;
}

/** Options of a removal by session. */
export interface PruneSessionsOptions {
  /** Removes only earlier sessions. */
  readonly before: TradeDate;
  /** True only counts. */
  readonly dryRun: boolean;
}

/** Number of rows in one statement, so that it holds no lock for long. */
export const prunedAtOnce = 500;

/** Age at which an orphan is removed: time to restore a lost database. */
const graceMilliseconds = 7 * 86_400_000;

/** Time at which each orphan was first seen, by key; milliseconds since 1970 UTC. */
type FirstSeen = Readonly<Record<string, number>>;

/**
 * Removes the objects below a prefix that have had no row for days. A crash between an object and its row leaves an
 * orphan, and so does the loss of rows. So an orphan stays at first, and all stay while no row names any object: such a
 * database is new.
 *
 * @param prefix such as "models/"; the times are kept in the object "unnamed/models"
 * @param now instant, milliseconds since 1970 UTC
 * @param named keys in the rows, read after the listing, since objects are written before their rows
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
    // A damaged record restarts the count of days.
    return {};
  }
}
