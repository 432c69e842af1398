import type { Settings } from '@daytrade/contracts';
import type { Clock, InProcessQueue, JobQueue, ScheduledJob } from '@daytrade/jobs';
import type { Logger } from '@daytrade/service-kit';
import type { Stores } from '@daytrade/storage';

/** What the service is given; the caller opens and closes all of it. */
export interface SchedulerServiceDependencies {
  readonly settings: Settings;
  readonly stores: Pick<Stores, 'runs'>;
  /** The other services of the process have registered their jobs with it before this service listens. */
  readonly queue: JobQueue & Pick<InProcessQueue, 'onFinished'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Uniform in [0, 1), for run ids; default Math.random. */
  readonly random?: (() => number) | undefined;
  /** What the clock starts; default: the jobs of the platform. */
  readonly jobs?: readonly ScheduledJob[] | undefined;
}
