import type { Settings } from '@daytrade/contracts';
import type { JobQueue } from '@daytrade/jobs';
import type { EdgeSettings, Logger } from '@daytrade/service';
import type { Stores } from '@daytrade/storage';
import type { Computations } from './computation/computations.ts';

/** What the service reads of the settings. */
type MlServiceSettings = EdgeSettings &
  Pick<
    Settings,
    | 'DAYTRADE_KEEP_RUNS_DAYS'
    | 'DAYTRADE_KEEP_EVALUATIONS_DAYS'
    | 'DAYTRADE_KEEP_REPORTS_DAYS'
    | 'DAYTRADE_KEEP_NOTICES_DAYS'
    | 'DAYTRADE_KEEP_MODELS_DAYS'
    | 'DAYTRADE_REPORT_LANGUAGE'
    | 'DAYTRADE_STATE_DIR'
    | 'DAYTRADE_HOST'
    | 'DAYTRADE_BACKUP_TARGET'
    | 'DAYTRADE_BACKUP_KEY_FILE'
    | 'DAYTRADE_BACKUP_S3_ENDPOINT'
    | 'DAYTRADE_BACKUP_KEEP'
  >;

/** What the service is given; the caller opens and closes all of it. */
export interface MlServiceDependencies {
  readonly settings: MlServiceSettings;
  /** Of the platform; health and the OpenAPI document say it. */
  readonly version: string;
  readonly stores: Stores;
  readonly queue: JobQueue;
  readonly computations: Computations;
  readonly clock: { readonly now: () => number };
  readonly logger: Logger;
}
