import type { Settings } from '@daytrade/contracts';
import type { Clock, JobQueue } from '@daytrade/jobs';
import type { NoticeSettings } from '@daytrade/notices';
import type { EdgeSettings, Logger } from '@daytrade/service';
import type { Stores } from '@daytrade/storage';

/** What the service reads of the settings. */
export type SchedulerServiceSettings = EdgeSettings &
  NoticeSettings &
  Pick<
    Settings,
    | 'DAYTRADE_SCHEDULER_ENABLED'
    | 'DAYTRADE_JOBS'
    | 'DAYTRADE_WORKER_SCALING'
    | 'DAYTRADE_WORKER_DEPLOYMENT'
    | 'DAYTRADE_WORKER_MIN'
    | 'DAYTRADE_WORKER_MAX'
    | 'DAYTRADE_WORKER_RUNS_PER_REPLICA'
    | 'DAYTRADE_REPORT_LANGUAGE'
  >;

/** What the service is given; the caller opens and closes all of it. */
export interface SchedulerServiceDependencies {
  readonly settings: SchedulerServiceSettings;
  /** Of the platform; health and the OpenAPI document say it. */
  readonly version: string;
  readonly stores: Pick<
    Stores,
    'runs' | 'schedules' | 'schema' | 'symbols' | 'predictions' | 'inDayPredictions' | 'models' | 'reports' | 'notices'
  >;
  /** The other services of the process have registered their jobs with it before this service listens. */
  readonly queue: JobQueue;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
}
