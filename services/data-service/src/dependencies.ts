import type { Settings } from '@daytrade/contracts';
import type { JobQueue } from '@daytrade/jobs';
import type { Logger } from '@daytrade/service';
import type { Stores } from '@daytrade/storage';

/** Dependencies of the service. The caller opens and closes all of them. */
export interface DataServiceDependencies {
  readonly settings: Settings;
  readonly version: string;
  readonly stores: Stores;
  readonly queue: JobQueue;
  readonly clock: { readonly now: () => number };
  readonly logger: Logger;
}
