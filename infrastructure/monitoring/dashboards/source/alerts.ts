import { dashboard } from './dashboard.ts';
import { curve, table } from './panels.ts';

/** Firing and pending alerts, and the values that they watch. */
export const alerts = dashboard({
  name: 'alerts',
  title: 'Alerts',
  description: 'What fires, what is about to, and the values that alerts watch',
  from: 'now-24h',
  panels: [
    table(
      { title: 'Firing', description: 'Each alert has a page in docs/runbooks', unit: 'short' },
      { expression: 'ALERTS{alertstate="firing", severity!="none"}', legend: '{{alertname}}' },
    ),
    table(
      { title: 'Pending', description: 'True, but not yet for long enough', unit: 'short' },
      { expression: 'ALERTS{alertstate="pending", severity!="none"}', legend: '{{alertname}}' },
    ),
    curve({ title: 'Firing alerts', description: 'By severity: page wakes somebody, ticket waits', unit: 'short' }, [
      { expression: 'count by (severity) (ALERTS{alertstate="firing", severity!="none"})', legend: '{{severity}}' },
    ]),
    curve({ title: 'Overdue jobs', description: 'Pages beyond half an hour', unit: 's' }, [
      { expression: 'max by (job) (daytrade_job_overdue_seconds)', legend: '{{job}}' },
    ]),
    curve({ title: 'Oldest waiting run', description: 'Pages beyond 15 minutes', unit: 's' }, [
      { expression: 'max(daytrade_oldest_queued_run_age_seconds)', legend: 'age' },
    ]),
    curve({ title: 'Processes', description: 'That answer scrapes', unit: 'short' }, [
      { expression: 'sum(up{job="day-trade"})', legend: 'up' },
      { expression: 'count(up{job="day-trade"})', legend: 'known' },
    ]),
    curve({ title: 'Left on volumes', description: 'Pages below 15 %', unit: 'percentunit' }, [
      {
        expression:
          'min by (persistentvolumeclaim) (kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes)',
        legend: '{{persistentvolumeclaim}}',
      },
    ]),
    curve({ title: 'Coverage of one symbol', description: '86 % to 99 % are expected', unit: 'percentunit' }, [
      { expression: 'max by (bound) (daytrade_interval_coverage_symbol_ratio)', legend: '{{bound}}' },
    ]),
  ],
});
