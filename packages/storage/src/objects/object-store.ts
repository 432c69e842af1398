import { DayTradeError } from '@daytrade/errors';

/** An object as a listing shows it. */
export interface ObjectEntry {
  readonly key: string;
  /** Differs whenever the bytes differ; its form is the store's own. */
  readonly version: string;
  /** When it was written last, by the clock of the store, milliseconds since 1970 UTC. */
  readonly updatedAt: number;
}

/** An object with the version that these bytes are. */
export interface VersionedObject {
  readonly bytes: Uint8Array;
  readonly version: string;
}

/**
 * Named bytes: model files, judged predictions, files of bars. Filled by a folder, a table of the database, S3, or
 * Azure.
 * A key is made of letters, digits, `.`, `_`, `-`, in parts divided by `/`; no part begins with a dot.
 *
 * Every method throws DayTradeError `input.invalid` for any other key; `service.unavailable` and `dependency.refused`
 * where the store is a server.
 */
export interface ObjectStore {
  /**
   * Writes an object as a whole: whoever reads gets the old bytes or the new ones, never a mixture.
   *
   * @throws DayTradeError `state.unwritable`
   */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /**
   * As {@link put}, but only in the place of one version, so that of several processes that read, change and write the
   * same object none undoes the work of another.
   *
   * @param expected the version to replace; null when there must be no object yet
   * @returns the new version, or undefined when the object is another by now; then nothing is written
   */
  putIf(key: string, bytes: Uint8Array, expected: string | null): Promise<string | undefined>;
  /** The bytes, or undefined when there is no such object. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** As {@link get}, with the version. */
  getVersioned(key: string): Promise<VersionedObject | undefined>;
  /** Keys that begin with the prefix, in the order of their characters; '' lists all. */
  list(prefix: string): Promise<readonly string[]>;
  /** As {@link list}, with the version of each. */
  entries(prefix: string): Promise<readonly ObjectEntry[]>;
  /** Removes an object; it is not an error when there is none. */
  delete(key: string): Promise<void>;
}

const keyPattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
const longestKey = 500;

/**
 * Gives back a key that no store can misread as a path to somewhere else.
 *
 * @throws DayTradeError `input.invalid`
 */
export function checkObjectKey(key: string): string {
  if (key.length <= longestKey && keyPattern.test(key)) return key;
  throw new DayTradeError(
    'input.invalid',
    `object key: expected up to ${longestKey} of letters, digits, ".", "_", "-" in parts divided by "/", no ` +
      `part beginning with a dot, got ${JSON.stringify(key.slice(0, 100))}`,
    { details: { field: 'key', value: key.slice(0, 100) } },
  );
}
