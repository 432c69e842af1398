import { DayTradeError } from '@daytrade/errors';

/**
 * Named bytes: model files and the like. Filled by a folder here, by S3 or Azure Blob in the clouds.
 * A key is made of letters, digits, `.`, `_`, `-`, in parts divided by `/`; no part begins with a dot.
 * Every method throws DayTradeError `input.invalid` for any other key.
 */
export interface ObjectStore {
  /**
   * Writes an object as a whole: whoever reads gets the old bytes or the new ones, never a mixture.
   *
   * @throws DayTradeError `state.unwritable`
   */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** The bytes, or undefined when there is no such object. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Keys that begin with the prefix, in the order of their characters; '' lists all. */
  list(prefix: string): Promise<readonly string[]>;
  /** Removes an object; it is no error when there is none. */
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
    `object key: expected up to ${longestKey} of letters, digits, ".", "_", "-" in parts divided by "/", no part beginning with a dot, got ${JSON.stringify(key.slice(0, 100))}`,
    { details: { field: 'key', value: key.slice(0, 100) } },
  );
}
