import { parseResult, type Run } from '@daytrade/contracts';
import {
  type Clock,
  dueTimes,
  type ExecutionScheduler,
  type JobQueue,
  type RunLedger,
  type StartableJob,
  type TimerHandle,
} from '@daytrade/jobs';
import type { Service } from '@daytrade/service';
import type { KubernetesApi } from './kubernetes-api.ts';

/** Counts runs as they end in this process, whatever service it is. */
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

/** Undefined for a run that never started. */
function secondsOf({ startedAt, finishedAt }: Run): number | undefined {
  if (startedAt === null || finishedAt === null) return undefined;
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
}

export interface QueueMetricParts {
  readonly queue: Pick<JobQueue, 'definitions'>;
  readonly ledger: Pick<RunLedger, 'unfinished'>;
  readonly clock: { readonly now: () => number };
}

/**
 * How many runs wait and for how long, read from the ledger at each scrape; so it says the same whichever process
 * works.
 */
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
 * Seconds since the oldest due time of a job that no successful run has covered; 0 when all are. A run covers what was
 * due before it was queued, whoever started it, but for a dry run. Without any successful run, what was due before
 * `since` does not count.
 *
 * @param since instant from which this scheduler is responsible, milliseconds since 1970 UTC
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

/** How far each job is behind its schedule, read from the ledger at each scrape. */
export function addOverdueMetric(
  service: Service,
  scheduler: Pick<ExecutionScheduler, 'scheduled'>,
  { ledger, clock }: { readonly ledger: RunLedger; readonly clock: { readonly now: () => number } },
): void {
  const overdue = service.metrics.gauge('jobOverdue');
  const since = clock.now();
  let shown: readonly StartableJob[] = [];
  service.metrics.beforeScrape(async () => {
    const enabled = scheduler.scheduled().filter((job) => job.enabled);
    // A job that is gone, or switched off, would be overdue for ever.
    for (const { name } of shown) if (!enabled.some((job) => job.name === name)) overdue.remove({ job: name });
    shown = enabled;
    for (const job of enabled) {
      overdue.set({ job: job.name }, await overdueSeconds(ledger, job, { since, now: clock.now() }));
    }
  });
}

/** A backup may take this long after it was due. */
const roomMs = 2 * 3_600_000;
/** A job by the sessions of the exchange is due again within this time, whatever the holidays are. */
const horizonMs = 21 * 86_400_000;

export interface BackupMetricParts {
  readonly ledger: Pick<RunLedger, 'list'>;
  readonly clock: { readonly now: () => number };
  /** The jobs with their schedules, as they are set now. */
  readonly scheduled: () => readonly StartableJob[];
}

/**
 * How old the newest backup is, how old it may be by the jobs that start one, and what the newest drill measured: out
 * of the runs of both at each scrape. Retention keeps these runs, whatever their age.
 */
export function addBackupMetrics(service: Service, { ledger, clock, scheduled }: BackupMetricParts): void {
  const age = service.metrics.gauge('copyAge');
  const due = service.metrics.gauge('copyDue');
  const measured = service.metrics.gauge('restoreDrill');
  const since = (instant: string) => (clock.now() - Date.parse(instant)) / 1_000;
  service.metrics.beforeScrape(async () => {
    const dueMs = lastDue(scheduled(), clock.now());
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

/** When a backup was due last that must be there by now; undefined where no job starts backups. */
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
 * Exports the time since the CronJob `backup` of this namespace last succeeded; before its first success, since it was
 * made. Exports nothing without that CronJob. While the API is away, the last known time counts.
 */
export function addDumpMetric(service: Service, clock: Clock, api: Pick<KubernetesApi, 'ask'>): void {
  const age = service.metrics.gauge('copyAge');
  let since: number | undefined;
  let timer: TimerHandle | undefined;
  let closing = false;
  const look = async () => {
    try {
      const cronJob = (await api.ask('batch/v1', 'cronjobs/backup')) as CronJob | undefined;
      since = cronJob && Date.parse(cronJob.status?.lastSuccessfulTime ?? cronJob.metadata.creationTimestamp);
    } catch (error) {
      service.log.warn({ err: error }, 'the age of the nightly dump could not be asked');
    }
    if (!closing) timer = clock.setTimeout(() => void look(), lookEveryMs);
  };
  service.metrics.beforeScrape(() => {
    if (since === undefined) age.remove({ of: 'dump' });
    else age.set({ of: 'dump' }, (clock.now() - since) / 1_000);
  });
  service.addHook('onListen', async () => void look());
  service.addHook('preClose', async () => {
    closing = true;
    clock.clearTimeout(timer);
  });
}
