import { targetInWords } from '@daytrade/contracts/objective';
import { dashboard } from './dashboard.ts';
import { curve, figure } from './panels.ts';

const green = { from: null, color: 'green' } as const;
const red = { from: null, color: 'red' } as const;

/** Service levels, and the rest of their error budgets. */
export const sla = dashboard({
  name: 'sla',
  title: 'SLA',
  description: 'What was promised, and how much of its budget is left',
  from: 'now-30d',
  panels: [
    figure(
      {
        title: 'Objective achieved',
        description: 'Share of the last 30 days in which the coverage of 250 sessions lay in 91.5 % to 94.5 %',
        unit: 'percentunit',
      },
      { expression: 'avg_over_time(objective:interval_coverage:held[30d])', legend: 'achieved' },
      [red, { from: 0.95, color: 'orange' }, { from: 0.99, color: 'green' }],
    ),
    figure(
      {
        title: 'Coverage',
        description: `Of the newest 250 sessions; promised are ${targetInWords}`,
        unit: 'percentunit',
      },
      { expression: 'window:interval_coverage:ratio{window="250"}', legend: 'coverage' },
      [red, { from: 0.915, color: 'green' }, { from: 0.945, color: 'orange' }],
    ),
    figure(
      {
        title: 'Availability',
        description: 'Of the worst service over three days; promised are 99.9 %',
        unit: 'percentunit',
      },
      { expression: '1 - max(service:http_errors:ratio_rate3d)', legend: 'answered' },
      [red, { from: 0.999, color: 'green' }],
    ),
    figure(
      {
        title: 'Fast reads',
        description: 'Of the worst service over three days; promised are 99 %',
        unit: 'percentunit',
      },
      { expression: '1 - max(service:http_slow_reads:ratio_rate3d)', legend: 'within 250 ms' },
      [red, { from: 0.99, color: 'green' }],
    ),
    curve({ title: 'Coverage by window', description: '20, 60 and 250 sessions, and all', unit: 'percentunit' }, [
      { expression: 'window:interval_coverage:ratio', legend: '{{window}}' },
    ]),
    curve(
      {
        title: 'Errors by service',
        description: 'Share of requests over an hour; 0.1 % is allowed',
        unit: 'percentunit',
      },
      [{ expression: 'service:http_errors:ratio_rate1h', legend: '{{service}}' }],
    ),
    curve(
      {
        title: 'Slow reads by service',
        description: 'Share of reads over an hour; 1 % is allowed',
        unit: 'percentunit',
      },
      [{ expression: 'service:http_slow_reads:ratio_rate1h', legend: '{{service}}' }],
    ),
    curve({ title: 'Error budget spent', description: 'How fast: 1 uses it up in exactly 30 days', unit: 'short' }, [
      { expression: 'service:http_errors:ratio_rate1d / 0.001', legend: '{{service}}, errors' },
      { expression: 'service:http_slow_reads:ratio_rate1d / 0.01', legend: '{{service}}, latency' },
    ]),
    figure(
      { title: 'Published predictions', description: 'In the last 24 hours', unit: 'short' },
      { expression: 'sum(increase(daytrade_predictions_made_total[1d]))', legend: 'predictions' },
      [green],
    ),
    figure(
      { title: 'Recovery time', description: 'Of the newest restore drill (RTO); at most 10 minutes', unit: 's' },
      { expression: 'max(daytrade_restore_drill_seconds{measured="rto"})', legend: 'RTO' },
      [green, { from: 600, color: 'red' }],
    ),
    figure(
      {
        title: 'Recovery point',
        description: 'Age of the newest backup when the newest restore drill began (RPO); at most 5 minutes',
        unit: 's',
      },
      { expression: 'max(daytrade_restore_drill_seconds{measured="rpo"})', legend: 'RPO' },
      [green, { from: 300, color: 'red' }],
    ),
    figure(
      { title: 'Newest backup', description: 'Its age: what would be lost now', unit: 's' },
      { expression: 'min by (of) (daytrade_copy_age_seconds{of=~"backup|dump"})', legend: '{{of}}' },
      [green, { from: 90_000, color: 'orange' }],
    ),
    curve({ title: 'Restore drills', description: 'Recovery time and recovery point, as measured', unit: 's' }, [
      { expression: 'max(daytrade_restore_drill_seconds{measured="rto"})', legend: 'RTO' },
      { expression: 'max(daytrade_restore_drill_seconds{measured="rpo"})', legend: 'RPO' },
    ]),
  ],
});
