import type { Clock, TimerHandle } from '@daytrade/jobs';
import type { Service } from '@daytrade/service';
import type { KubernetesApi } from './kubernetes-api.ts';

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
