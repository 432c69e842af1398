/** The newest form of a backup that this version reads. */
export const backupFormat = 1;

/** A table as it was at one moment. */
export interface BackupTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Sum of the SHA-256 of all rows, modulo 2^256, hexadecimal: the same whatever the order of the rows. */
  readonly checksum: string;
  /** Names of the pieces: arrays of rows as JSON. */
  readonly pieces: readonly string[];
}

/** An object, or a file of bars, as it was read. */
export interface BackupObject {
  readonly key: string;
  /** Of the store that it was read from; the next backup does not read an object again whose version is the same. */
  readonly version: string;
  readonly bytes: number;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string;
  /** Names of the pieces, in order. */
  readonly pieces: readonly string[];
}

/** What a backup holds, in figures. */
export interface BackupCounts {
  readonly tables: number;
  readonly rows: number;
  readonly objects: number;
  /** Files of bars among the objects. */
  readonly barFiles: number;
  /** Bytes of the objects, and of the rows as JSON. */
  readonly bytes: number;
}

/** A backup as a list shows it: the object that is written last, without which there is no backup. */
export interface BackupHead {
  readonly format: number;
  /** Begins with the moment of the snapshot, so that names sort by time. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The moment of the snapshot of the database: nothing that was committed before it is missing. ISO 8601, UTC. */
  readonly snapshotAt: string;
  readonly finishedAt: string;
  /** Of the platform. */
  readonly version: string;
  readonly schemaVersion: number;
  readonly counts: BackupCounts;
  /** Names of the pieces of the {@link BackupContents}, as JSON. */
  readonly contents: readonly string[];
}

/** What a backup consists of. */
export interface BackupContents {
  readonly tables: readonly BackupTable[];
  readonly objects: readonly BackupObject[];
}
