import { dashboard } from './dashboard.ts';
import { curve, figure } from './panels.ts';

/** Traffic, runs, bars and the objective at this moment. */
export const realTime = dashboard({
  name: 'real-time',
  title: 'Real-time monitoring',
  description: 'What the platform does now',
  from: 'now-1h',
  panels: [
    figure(
      { title: 'Coverage of 250 sessions', description: 'The objective is 91.5 % to 94.5 %', unit: 'percentunit' },
      { expression: 'window:interval_coverage:ratio{window="250"}', legend: 'coverage' },
      [
        { from: null, color: 'red' },
        { from: 0.915, color: 'green' },
        { from: 0.945, color: 'orange' },
      ],
    ),
    figure(
      { title: 'Age of the newest bar', description: 'Closed sessions since; 0 is up to date', unit: 'short' },
      { expression: 'max(daytrade_newest_bar_age_sessions)', legend: 'sessions' },
      [
        { from: null, color: 'green' },
        { from: 1, color: 'orange' },
        { from: 2, color: 'red' },
      ],
    ),
    figure(
      { title: 'Age of the live model', description: 'Retraining is due every Sunday', unit: 's' },
      { expression: 'max(daytrade_model_age_seconds)', legend: 'age' },
      [
        { from: null, color: 'green' },
        { from: 691_200, color: 'orange' },
      ],
    ),
    figure(
      { title: 'Alerts', description: 'How many fire now', unit: 'short' },
      { expression: 'count(ALERTS{alertstate="firing", severity!="none"}) or vector(0)', legend: 'firing' },
      [
        { from: null, color: 'green' },
        { from: 1, color: 'red' },
      ],
    ),
    curve({ title: 'Requests', description: 'By service, without probes and scrapes', unit: 'reqps' }, [
      { expression: 'service:http_requests:rate5m', legend: '{{service}}' },
    ]),
    curve({ title: 'Time of a request, p99', description: 'By service, over five minutes', unit: 's' }, [
      { expression: 'service:http_request_duration_seconds:p99_5m', legend: '{{service}}' },
    ]),
    curve({ title: 'Requests being answered', description: 'By service', unit: 'short' }, [
      { expression: 'sum by (service) (daytrade_http_requests_in_flight)', legend: '{{service}}' },
    ]),
    curve({ title: 'Waiting runs', description: 'And for how long the oldest one waits', unit: 'short' }, [
      { expression: 'max(daytrade_runs_queued)', legend: 'runs' },
      { expression: 'max(daytrade_oldest_queued_run_age_seconds)', legend: 'oldest, seconds' },
    ]),
    curve({ title: 'Predictions published', description: 'In an hour, over all replicas', unit: 'short' }, [
      { expression: 'sum(increase(daytrade_predictions_made_total[1h]))', legend: 'predictions' },
    ]),
    curve({ title: 'Bars', description: 'In the store, by interval', unit: 'short' }, [
      { expression: 'max by (interval) (daytrade_bars_stored)', legend: '{{interval}}' },
    ]),
  ],
});
