import { dashboard } from './dashboard.ts';
import { curve, table } from './panels.ts';

const requests = 'daytrade_http_request_duration_seconds';
const rates = `sum by (service, method, route, le) (rate(${requests}_bucket[1h]))`;

/** Use of time, memory and processors, and the sharpness of the intervals. */
export const performanceAnalysis = dashboard({
  name: 'performance-analysis',
  title: 'Performance analysis',
  description: 'Where time and memory go, and how sharp the intervals are',
  from: 'now-24h',
  panels: [
    table(
      { title: 'Slowest routes', description: 'p99 of the last hour, the ten slowest', unit: 's' },
      {
        expression: `topk(10, histogram_quantile(0.99, ${rates}))`,
        legend: '{{service}} {{method}} {{route}}',
      },
    ),
    curve({ title: 'Time of a request', description: 'Median and p99 over all services', unit: 's' }, [
      { expression: `histogram_quantile(0.5, sum by (le) (rate(${requests}_bucket[5m])))`, legend: 'median' },
      { expression: `histogram_quantile(0.99, sum by (le) (rate(${requests}_bucket[5m])))`, legend: 'p99' },
    ]),
    curve({ title: 'Event loop delay, p99', description: 'Requests of the process wait as long', unit: 's' }, [
      { expression: 'max by (service) (daytrade_event_loop_delay_p99_seconds)', legend: '{{service}}' },
    ]),
    curve({ title: 'Processor', description: 'Processors in use, by process', unit: 'short' }, [
      { expression: 'rate(process_cpu_seconds_total{job="day-trade"}[5m])', legend: '{{instance}}' },
    ]),
    curve({ title: 'Memory', description: 'Resident, by process', unit: 'bytes' }, [
      { expression: 'process_resident_memory_bytes{job="day-trade"}', legend: '{{instance}}' },
    ]),
    curve({ title: 'Time of a run, mean', description: 'By job, over a day', unit: 's' }, [
      {
        expression:
          'sum by (job) (rate(daytrade_run_duration_seconds_sum[1d])) / (sum by (job) ' +
          '(rate(daytrade_run_duration_seconds_count[1d])) > 0)',
        legend: '{{job}}',
      },
    ]),
    curve({ title: 'Runs that ended', description: 'By how they ended, in an hour', unit: 'short' }, [
      { expression: 'sum by (status) (increase(daytrade_runs_finished_total[1h]))', legend: '{{status}}' },
    ]),
    curve({ title: 'Width of the intervals', description: 'Mean, basis points; narrower is sharper', unit: 'short' }, [
      { expression: 'max(daytrade_interval_width_basis_points)', legend: 'width' },
    ]),
    curve({ title: 'Winkler score', description: 'Mean, basis points; lower is better', unit: 'short' }, [
      { expression: 'max(daytrade_interval_winkler_basis_points)', legend: 'Winkler score' },
    ]),
    curve({ title: 'Rows kept out', description: 'By reason; they are kept with it', unit: 'short' }, [
      { expression: 'max by (reason, severity) (daytrade_rows_quarantined)', legend: '{{reason}} ({{severity}})' },
    ]),
  ],
});
