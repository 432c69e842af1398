import type { Settings } from '@daytrade/contracts';
import type { JobQueue } from '@daytrade/jobs';
import type { EdgeSettings, Logger } from '@daytrade/service';
import type { Stores } from '@daytrade/storage';
import type { Computations } from './computation/computations.ts';

/** Settings that the service reads. */
type MlServiceSettings = EdgeSettings &
  Pick<
    Settings,
    | 'DAYTRADE_KEEP_DAYS'
    | 'DAYTRADE_REPORT_LANGUAGE'
    | 'DAYTRADE_STATE_DIR'
    | 'DAYTRADE_HOST'
    | 'DAYTRADE_BACKUP_TARGET'
    | 'DAYTRADE_BACKUP_KEY_FILE'
    | 'DAYTRADE_BACKUP_S3_ENDPOINT'
    | 'DAYTRADE_BACKUP_KEEP'
  >;

/** Dependencies of the service; the caller opens and closes them. */
export interface MlServiceDependencies {
  readonly settings: MlServiceSettings;
  /** Version of the platform, shown by health and the OpenAPI document. */
  readonly version: string;
  readonly stores: Stores;
  readonly queue: JobQueue;
  readonly computations: Computations;
  readonly clock: { readonly now: () => number };
  readonly logger: Logger;
}
