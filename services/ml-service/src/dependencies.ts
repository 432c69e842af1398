import type { Settings } from '@daytrade/contracts';
import type { JobQueue } from '@daytrade/jobs';
import type { Logger } from '@daytrade/service-kit';
import type { Stores } from '@daytrade/storage';
import type { Computations } from './computation/computations.ts';

/** What the service is given; the caller opens and closes all of it. */
export interface MlServiceDependencies {
  readonly settings: Settings;
  /** Of the platform; health and the OpenAPI document say it. */
  readonly version: string;
  readonly stores: Stores;
  readonly queue: JobQueue;
  readonly computations: Computations;
  readonly clock: { readonly now: () => number };
  readonly logger: Logger;
}
