import { targetCoverage } from './objective.ts';

/** Name, kind, labels and help of every metric that a service emits; rules and dashboards use no other. */
export const metrics = {
  httpRequestDuration: {
    name: 'daytrade_http_request_duration_seconds',
    type: 'histogram',
    labels: ['service', 'method', 'route', 'status'],
    help: 'Time from the first byte of a request to the last byte of its answer',
  },
  httpRequestsInFlight: {
    name: 'daytrade_http_requests_in_flight',
    type: 'gauge',
    labels: ['service'],
    help: 'Requests being answered now',
  },
  authenticationFailures: {
    name: 'daytrade_http_authentication_failures_total',
    type: 'counter',
    labels: ['service', 'reason'],
    help: 'Requests without a token, with a wrong one, or from an address that had too many wrong ones',
  },
  eventLoopDelay: {
    name: 'daytrade_event_loop_delay_p99_seconds',
    type: 'gauge',
    labels: ['service'],
    help: '99th percentile of event loop delay since the last scrape',
  },
  barsStored: { name: 'daytrade_bars_stored', type: 'gauge', labels: ['interval'], help: 'Bars in the store' },
  newestBarAge: {
    name: 'daytrade_newest_bar_age_sessions',
    type: 'gauge',
    labels: [],
    help: 'Closed sessions since the newest bar; 0 is up to date',
  },
  rowsQuarantined: {
    name: 'daytrade_rows_quarantined',
    type: 'gauge',
    labels: ['reason', 'severity'],
    help: 'Rows that the quality gate kept out or warned about',
  },
  intervalCoverage: {
    name: 'daytrade_interval_coverage_ratio',
    type: 'gauge',
    labels: ['window'],
    help: `Share of closes inside the published interval; the objective is ${targetCoverage}`,
  },
  intervalCoverageOfSymbol: {
    name: 'daytrade_interval_coverage_symbol_ratio',
    type: 'gauge',
    labels: ['bound'],
    help: 'Lowest and highest coverage of one symbol, among those with 250 judged sessions or more',
  },
  intervalWidth: {
    name: 'daytrade_interval_width_basis_points',
    type: 'gauge',
    labels: [],
    help: 'Mean width of the published intervals',
  },
  intervalWinkler: {
    name: 'daytrade_interval_winkler_basis_points',
    type: 'gauge',
    labels: [],
    help: 'Mean Winkler score of the published intervals, lower is better',
  },
  predictionsMade: {
    name: 'daytrade_predictions_made_total',
    type: 'counter',
    labels: [],
    help: 'Predictions published',
  },
  predictionShift: {
    name: 'daytrade_prediction_shift',
    type: 'gauge',
    labels: [],
    help: 'Share of symbols whose published interval this version computes differently',
  },
  modelAge: {
    name: 'daytrade_model_age_seconds',
    type: 'gauge',
    labels: [],
    help: 'Time since the live model was trained',
  },
  runsFinished: {
    name: 'daytrade_runs_finished_total',
    type: 'counter',
    labels: ['job', 'status'],
    help: 'Runs that ended, by how they ended',
  },
  runDuration: {
    name: 'daytrade_run_duration_seconds',
    type: 'histogram',
    labels: ['job'],
    help: 'Time from start to end of a run',
  },
  copyAge: {
    name: 'daytrade_copy_age_seconds',
    type: 'gauge',
    labels: ['of'],
    help: 'Time since the newest backup, restore drill, and nightly dump of a cluster (or its CronJob) that succeeded',
  },
  copyDue: {
    name: 'daytrade_copy_due_seconds',
    type: 'gauge',
    labels: ['of'],
    help: 'Time since a backup was due last, by the jobs that start one: 0 by a continuous one, none without a job',
  },
  restoreDrill: {
    name: 'daytrade_restore_drill_seconds',
    type: 'gauge',
    labels: ['measured'],
    help: 'Of the newest restore drill: from nothing to a verified state (rto), and the age of the backup (rpo)',
  },
  jobOverdue: {
    name: 'daytrade_job_overdue_seconds',
    type: 'gauge',
    labels: ['job'],
    help: 'Time since the oldest due time of a scheduled job that no successful run has covered; 0 when all are',
  },
  oldestQueuedRun: {
    name: 'daytrade_oldest_queued_run_age_seconds',
    type: 'gauge',
    labels: [],
    help: 'How long the oldest waiting run has waited; 0 when none waits',
  },
  runsQueuedOfGroup: {
    name: 'daytrade_runs_queued_of_group',
    type: 'gauge',
    labels: ['group'],
    help: 'Runs that wait for a worker, by the group of jobs that run one after another',
  },
  runsQueued: { name: 'daytrade_runs_queued', type: 'gauge', labels: [], help: 'Runs that wait for a worker' },
} as const;

export type MetricKey = keyof typeof metrics;
