export interface ModelVersionOptions {
  /** Instant, ISO 8601 in UTC. */
  readonly createdAt: string;
  /** SHA-256 of the artifact, hexadecimal. */
  readonly artifactHash: string;
  /** Versions that are taken. */
  readonly existing: readonly string[];
}

/**
 * A version that sorts by time and shows the artifact: m20261124-0001-1f3a9c0b, of the day (UTC), a number that counts
 * within the day, and the first digits of the hash. The same training again has another number and the same digits.
 */
export function modelVersion({ createdAt, artifactHash, existing }: ModelVersionOptions): string {
  const prefix = `m${createdAt.slice(0, 10).replaceAll('-', '')}-`;
  const numbers = existing
    .filter((version) => version.startsWith(prefix))
    .map((version) => Number(version.slice(prefix.length).split('-')[0]));
  const next = Math.max(0, ...numbers) + 1;
  return `${prefix}${String(next).padStart(4, '0')}-${artifactHash.slice(0, 8)}`;
}
