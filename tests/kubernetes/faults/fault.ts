import type { Installation } from '../releases/installation.ts';

/** What came of a fault, beside what the load saw. */
export interface Finding {
  /**
   * From the moment at which the cause was mended, or a command began, until every pod was ready; where there is one.
   */
  readonly recoverySeconds?: number;
  /** What became of the data and of runs that were promised. */
  readonly data: string;
  /** What an operator saw, and where. */
  readonly told: readonly string[];
}

/** Something that goes wrong on the cluster of the production release. */
export interface Fault {
  readonly name: string;
  /** Makes it go wrong, and right again. */
  readonly happen: (installation: Installation) => Promise<Finding>;
  /** What has to be there first and taken away afterwards, while no service is asked. */
  readonly surround?: (installation: Installation, action: () => Promise<void>) => Promise<void>;
}
