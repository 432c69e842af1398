import type { Settings } from '@daytrade/contracts';
import type { JobQueue } from '@daytrade/jobs';
import type { Logger } from '@daytrade/service';
import type { Stores } from '@daytrade/storage';

/** What the service is given; the caller opens and closes all of it. */
export interface DataServiceDependencies {
  readonly settings: Settings;
  /** Of the platform; health and the OpenAPI document say it. */
  readonly version: string;
  readonly stores: Pick<
    Stores,
    | 'bars'
    | 'symbols'
    | 'quarantine'
    | 'priceFactors'
    | 'shareCounts'
    | 'announcements'
    | 'indices'
    | 'predictions'
    | 'inDayPredictions'
    | 'judgedCloses'
    | 'reports'
    | 'runs'
    | 'sources'
    | 'schema'
    | 'uploads'
    | 'selections'
    | 'universe'
    | 'writes'
    | 'alone'
  >;
  readonly queue: JobQueue;
  readonly clock: { readonly now: () => number };
  readonly logger: Logger;
}
