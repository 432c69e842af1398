import type { Settings } from '@daytrade/contracts';
import type { JobQueue } from '@daytrade/jobs';
import type { Logger } from '@daytrade/service';
import type { Stores } from '@daytrade/storage';
import type { Computations } from './computation/computations.ts';

/** Dependencies of the service; the caller opens and closes them. */
export interface MlServiceDependencies {
  readonly settings: Settings;
  /** Version of the platform, shown by health and the OpenAPI document. */
  readonly version: string;
  readonly stores: Stores;
  readonly queue: JobQueue;
  readonly computations: Computations;
  readonly clock: { readonly now: () => number };
  readonly logger: Logger;
}
