import type { Settings } from '@daytrade/contracts';
import type { Clock, JobQueue } from '@daytrade/jobs';
import type { Logger } from '@daytrade/service-kit';
import type { Stores } from '@daytrade/storage';

/** What the service is given; the caller opens and closes all of it. */
export interface SchedulerServiceDependencies {
  readonly settings: Settings;
  /** Of the platform; health and the OpenAPI document say it. */
  readonly version: string;
  readonly stores: Pick<
    Stores,
    'runs' | 'schedules' | 'schema' | 'symbols' | 'predictions' | 'models' | 'reports' | 'notices'
  >;
  /** The other services of the process have registered their jobs with it before this service listens. */
  readonly queue: JobQueue;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
}
