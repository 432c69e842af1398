import { parseResult, type Run } from '@daytrade/contracts';
import {
  type Clock,
  dueTimes,
  type ExecutionScheduler,
  type JobQueue,
  type RunLedger,
  type StartableJob,
} from '@daytrade/jobs';
import type { Service } from '@daytrade/service';
import type { askKubernetes } from './kubernetes-api.ts';
import { repeatWhileListening } from './while-listening.ts';

export function addRunEndMetrics(service: Service, queue: Pick<JobQueue, 'onFinished'>): void {
  const finished = service.metrics.counter('runsFinished');
  const duration = service.metrics.histogram('runDuration');
  const stop = queue.onFinished((run) => {
    finished.inc({ job: run.job, status: run.status });
    const seconds = secondsOf(run);
    if (seconds !== undefined) duration.observe({ job: run.job }, seconds);
  });
  service.addHook('onClose', async () => stop());
}

/** Returns undefined for a run that never started. */
function secondsOf({ startedAt, finishedAt }: Run): number | undefined {
  if (startedAt === null || finishedAt === null) return undefined;
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
}

export interface QueueMetricParts {
  readonly queue: Pick<JobQueue, 'definitions'>;
  readonly ledger: Pick<RunLedger, 'unfinished'>;
  readonly clock: { readonly now: () => number };
}

/** Exports number and age of queued runs, read from the ledger at each scrape. */
export function addQueueMetrics(service: Service, { queue, ledger, clock }: QueueMetricParts): void {
  const queued = service.metrics.gauge('runsQueued');
  const ofGroup = service.metrics.gauge('runsQueuedOfGroup');
  const oldest = service.metrics.gauge('oldestQueuedRun');
  service.metrics.beforeScrape(async () => {
    const waiting = (await ledger.unfinished()).filter(({ status }) => status === 'queued');
    queued.set(waiting.length);
    const groups = new Map(queue.definitions().map(({ name, concurrencyGroup }) => [name, concurrencyGroup]));
    for (const group of new Set(groups.values())) {
      ofGroup.set({ group }, waiting.filter(({ job }) => groups.get(job) === group).length);
    }
    const ages = waiting.map(({ queuedAt }) => (clock.now() - Date.parse(queuedAt)) / 1_000);
    oldest.set(Math.max(0, ...ages));
  });
}

/**
 * Returns the seconds since the oldest due time of a job that no successful run has covered. A run covers due times
 * before it was queued, except a dry run. Due times before `since` do not count without a successful run.
 *
 * @param since start of this scheduler's responsibility, milliseconds since 1970 UTC
 */
async function overdueSeconds(
  ledger: RunLedger,
  job: StartableJob,
  { since, now }: { readonly since: number; readonly now: number },
): Promise<number> {
  const [newest] = await ledger.list({ job: job.queueJob, status: 'succeeded', withoutDryRuns: true, limit: 1 });
  const covered = newest === undefined ? since : Date.parse(newest.queuedAt);
  const oldest = dueTimes(job.schedule, covered, now)[0];
  return oldest === undefined ? 0 : (now - oldest) / 1_000;
}

/** Exports the delay of each job, read from the ledger at each scrape. */
export function addOverdueMetric(
  service: Service,
  scheduler: Pick<ExecutionScheduler, 'scheduled'>,
  { ledger, clock }: { readonly ledger: RunLedger; readonly clock: { readonly now: () => number } },
): void {
  const overdue = service.metrics.gauge('jobOverdue');
  const since = clock.now();
  const enabled = scheduler.scheduled().filter((job) => job.enabled);
  service.metrics.beforeScrape(async () => {
    for (const job of enabled) {
      overdue.set({ job: job.name }, await overdueSeconds(ledger, job, { since, now: clock.now() }));
    }
  });
}

/** Time for a backup after its due time. */
const roomMs = 2 * 3_600_000;
/** Longer than the interval between two due times of a job by sessions. */
const horizonMs = 21 * 86_400_000;

export interface BackupMetricParts {
  readonly ledger: Pick<RunLedger, 'list'>;
  readonly clock: { readonly now: () => number };
  readonly jobs: readonly StartableJob[];
}

/**
 * Exports the age of the newest backup, its maximum by the schedule, and the duration of the newest drill, from their
 * runs at each scrape. Retention keeps these runs.
 */
export function addBackupMetrics(service: Service, { ledger, clock, jobs }: BackupMetricParts): void {
  const age = service.metrics.gauge('copyAge');
  const due = service.metrics.gauge('copyDue');
  const measured = service.metrics.gauge('restoreDrill');
  const since = (instant: string) => (clock.now() - Date.parse(instant)) / 1_000;
  service.metrics.beforeScrape(async () => {
    const dueMs = lastDue(jobs, clock.now());
    if (dueMs === undefined) due.remove({ of: 'backup' });
    else due.set({ of: 'backup' }, (clock.now() - dueMs) / 1_000);
    const newestOf = async (job: 'backup' | 'restore-drill') =>
      (await ledger.list({ job, status: 'succeeded', withoutDryRuns: true, limit: 1 }))[0];
    const backup = await newestOf('backup');
    if (backup !== undefined) age.set({ of: 'backup' }, since(parseResult('backup', backup.result).snapshotAt));
    const drill = await newestOf('restore-drill');
    if (drill === undefined) return;
    const { rtoSeconds, rpoSeconds } = parseResult('restore-drill', drill.result);
    age.set({ of: 'restore-drill' }, since(drill.queuedAt));
    measured.set({ measured: 'rto' }, rtoSeconds);
    measured.set({ measured: 'rpo' }, rpoSeconds);
  });
}

/** Returns the last due time whose backup must exist by now; undefined without a backup job. */
function lastDue(jobs: readonly StartableJob[], now: number): number | undefined {
  const dues = jobs
    .filter(({ queueJob, enabled, payload }) => queueJob === 'backup' && enabled && payload.dryRun !== true)
    .flatMap(({ schedule }) => {
      if (schedule.type === 'continuous') return [now];
      return dueTimes(schedule, now - horizonMs, now - roomMs).slice(-1);
    });
  return dues.length === 0 ? undefined : Math.max(...dues);
}

const lookEveryMs = 60_000;

interface CronJob {
  readonly metadata: { readonly creationTimestamp: string };
  readonly status?: { readonly lastSuccessfulTime?: string };
}

/**
 * Exports the time since the last success of the CronJob `backup` in this namespace, or since its creation. Exports
 * nothing without it. The last known time is used while the API is unavailable.
 */
export function addDumpMetric(service: Service, clock: Clock, ask: typeof askKubernetes): void {
  const age = service.metrics.gauge('copyAge');
  let since: number | undefined;
  const look = async () => {
    const cronJob = (await ask('batch/v1', 'cronjobs/backup')) as CronJob | undefined;
    since = cronJob && Date.parse(cronJob.status?.lastSuccessfulTime ?? cronJob.metadata.creationTimestamp);
  };
  service.metrics.beforeScrape(() => {
    if (since === undefined) age.remove({ of: 'dump' });
    else age.set({ of: 'dump' }, (clock.now() - since) / 1_000);
  });
  repeatWhileListening(service, clock, lookEveryMs, look, 'the age of the nightly dump could not be asked');
}
