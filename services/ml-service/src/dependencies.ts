import type { Settings } from '@daytrade/contracts';
import type { JobQueue } from '@daytrade/jobs';
import type { Logger } from '@daytrade/service-kit';
import type { Stores } from '@daytrade/storage';
import type { Computations } from './computation/computations.ts';

/** What the service is given; the caller opens and closes all of it. */
export interface MlServiceDependencies {
  readonly settings: Settings;
  readonly stores: Stores;
  readonly queue: JobQueue;
  readonly computations: Computations;
  readonly clock: { readonly now: () => number };
  readonly logger: Logger;
}
