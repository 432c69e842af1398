import type { BarInterval } from '@daytrade/contracts';

export interface PartitionFile {
  readonly partition: string;
  readonly path: string;
}

/**
 * Makes the bytes of the next version of a partition.
 *
 * @param current path of the version to replace; undefined for a new partition
 * @returns undefined to leave it as it is
 */
export type PartitionChange = (partition: string, current: string | undefined) => Promise<Uint8Array | undefined>;

/** The parquet files of the bars, in a folder or as objects. */
export interface BarFiles {
  /** Returns the partitions of an interval in order of time. Newer versions of objects are fetched. */
  list(interval: BarInterval, isWanted?: (partition: string) => boolean): Promise<readonly PartitionFile[]>;
  /**
   * Replaces partitions, each as a whole. When another process replaced one meanwhile, the change is asked for again.
   *
   * @throws DayTradeError `state.unwritable`
   */
  update(interval: BarInterval, partitions: readonly string[], change: PartitionChange): Promise<void>;
  /**
   * Keeps a copy of a damaged file below `damaged/`.
   *
   * @returns its place, for messages
   * @throws DayTradeError `state.unwritable`
   */
  keepDamaged(path: string, name: string): Promise<string>;
  /** Returns an unused path of this machine; its user removes the file. */
  scratch(): string;
  close(): Promise<void>;
}

export const ending = '.parquet';
