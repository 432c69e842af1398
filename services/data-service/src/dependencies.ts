import type { Settings } from '@daytrade/contracts';
import type { JobQueue } from '@daytrade/jobs';
import type { EdgeSettings, Logger } from '@daytrade/service';
import type { Stores } from '@daytrade/storage';

/** What the service reads of the settings. */
export type DataServiceSettings = EdgeSettings &
  Pick<
    Settings,
    | 'DAYTRADE_HOST'
    | 'DAYTRADE_IMPORT_ROOT'
    | 'DAYTRADE_UPLOAD_MEGABYTES'
    | 'DAYTRADE_PROVIDER'
    | 'DAYTRADE_CSV_FOLDER'
    | 'DAYTRADE_INDEX_FOLDER'
    | 'DAYTRADE_UNIVERSE'
    | 'DAYTRADE_JQUANTS_PLAN'
    | 'DAYTRADE_JQUANTS_MINUTE_SESSIONS'
    | 'DAYTRADE_JQUANTS_URL'
    | 'DAYTRADE_JQUANTS_API_KEY'
    | 'DAYTRADE_JQUANTS_API_KEY_FILE'
    | 'DAYTRADE_YAHOO_USE'
    | 'DAYTRADE_YAHOO_URL'
  >;

/** What the service is given; the caller opens and closes all of it. */
export interface DataServiceDependencies {
  readonly settings: DataServiceSettings;
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
