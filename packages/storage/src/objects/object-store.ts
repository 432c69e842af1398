import { DayTradeError } from '@daytrade/errors';

export interface ObjectEntry {
  readonly key: string;
  /** Differs if the bytes differ; its format depends on the store. */
  readonly version: string;
  /** Time of the last write by the store's clock, milliseconds since 1970 UTC. */
  readonly updatedAt: number;
}

export interface VersionedObject {
  readonly bytes: Uint8Array;
  readonly version: string;
}

/**
 * Named bytes: model files, judged predictions, bar files. A folder, a table of the database, S3 and Azure implement
 * it. A key consists of letters, digits, `.`, `_`, `-`, in parts divided by `/`; no part begins with a dot.
 *
 * Every method throws DayTradeError `input.invalid` for any other key; servers also throw `service.unavailable` and
 * `dependency.refused`.
 */
export abstract class ObjectStore {
  /**
   * Writes an object atomically.
   *
   * @throws DayTradeError `state.unwritable`
   */
  abstract put(key: string, bytes: Uint8Array): Promise<void>;
  /**
   * Writes an object if it still has the expected version (compare-and-swap).
   *
   * @param expected the version to replace; null for a new object
   * @returns the new version, or undefined if another write came first
   */
  abstract putIf(key: string, bytes: Uint8Array, expected: string | null): Promise<string | undefined>;

  async get(key: string): Promise<Uint8Array | undefined> {
    return (await this.getVersioned(key))?.bytes;
  }

  abstract getVersioned(key: string): Promise<VersionedObject | undefined>;

  /** Lists the keys with a prefix, sorted by character; '' lists all. */
  async list(prefix: string): Promise<readonly string[]> {
    return (await this.entries(prefix)).map(({ key }) => key);
  }

  abstract entries(prefix: string): Promise<readonly ObjectEntry[]>;
  abstract delete(key: string): Promise<void>;
}

const keyPattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
const longestKey = 500;

/**
 * Returns a valid key, which no store can misread as another path.
 *
 * @throws DayTradeError `input.invalid`
 */
export function checkObjectKey(key: string): string {
  if (key.length <= longestKey && keyPattern.test(key)) return key;
  throw new DayTradeError(
    'input.invalid',
    `object key: expected up to ${longestKey} of letters, digits, ".", "_", "-" in parts divided by "/", no ` +
      `part beginning with a dot, got ${JSON.stringify(key.slice(0, 100))}`,
  );
}
