/** Values of each series, in promtool's short form. */
export type Series = Readonly<Record<string, string>>;

/** Series that an alert must fire on at `at`, each set by itself, and such on which it must stay silent then. */
export interface AlertCase {
  readonly at: string;
  /** Time between two evaluations; days need longer steps. */
  readonly every?: string;
  /** Time between two samples; a minute where nothing is said. Evaluations must meet samples. */
  readonly sampled?: string;
  readonly fires: Series | readonly Series[];
  readonly silent: Series | readonly Series[];
}

const count = (status: string) =>
  'daytrade_http_request_duration_seconds_count{service="ml-service", method="GET", route="/v1/models", ' +
  `status="${status}"}`;
const probe =
  'daytrade_http_request_duration_seconds_count{service="ml-service", method="GET", route="/readyz", status="503"}';
const fast =
  'daytrade_http_request_duration_seconds_bucket{service="ml-service", method="GET", route="/v1/models", ' +
  'status="200", le="0.25"}';
const coverage = (window: string) => `daytrade_interval_coverage_ratio{window="${window}", instance="a"}`;
const steady = (value: string) => `${value}x6000`;
const scraped = (part: string) => `up{job="day-trade", part="${part}", instance="${part}"}`;
/** Every part of a whole installation, scraped well. */
const allParts = Object.fromEntries(
  ['ml-service', 'data-service', 'scheduler-service', 'worker', 'dashboard'].map((part) => [
    scraped(part),
    steady('1+0'),
  ]),
);
const due = 'daytrade_copy_due_seconds{of="backup", instance="a"}';
const age = (of: string) => `daytrade_copy_age_seconds{of="${of}", instance="a"}`;
/** A job starts a backup each night. */
const dailyBackups = { [due]: steady('7200+0') };
const volume = (what: string) =>
  `kubelet_volume_stats_${what}_bytes{namespace="day-trade", persistentvolumeclaim="data-postgresql-0"}`;

/** An alert on one series, which fires on the first values and not on the second. */
const onOne = (at: string, series: string, fires: string, silent: string): AlertCase => ({
  at,
  fires: { [series]: fires },
  silent: { [series]: silent },
});

/**
 * One case an alert. `a+bxn` is promtool's short form: n steps from a, each b larger.
 */
export const alertCases: Readonly<Record<string, AlertCase>> = {
  AvailabilityBurnsFast: {
    at: '70m',
    fires: { [count('200')]: '0+98x6000', [count('503')]: '0+2x6000' },
    // A probe that answers 503 is not a failed request of a user; 0.1 % is what the objective allows.
    silent: { [count('200')]: '0+999x6000', [count('503')]: '0+1x6000', [probe]: '0+600x6000' },
  },
  AvailabilityBurnsSlowly: {
    at: '4400m',
    every: '40m',
    fires: { [count('200')]: '0+998x6000', [count('503')]: '0+2x6000' },
    silent: { [count('200')]: '0+9995x6000', [count('503')]: '0+5x6000' },
  },
  LatencyBurnsFast: {
    at: '70m',
    fires: { [count('200')]: '0+100x6000', [fast]: '0+80x6000' },
    silent: { [count('200')]: '0+100x6000', [fast]: '0+95x6000' },
  },
  LatencyBurnsSlowly: {
    at: '4400m',
    every: '40m',
    fires: { [count('200')]: '0+1000x6000', [fast]: '0+980x6000' },
    silent: { [count('200')]: '0+1000x6000', [fast]: '0+995x6000' },
  },
  CoverageOutsideObjective: {
    at: '15m',
    fires: { [coverage('250')]: steady('0.91+0') },
    silent: { [coverage('250')]: steady('0.931+0'), [coverage('20')]: steady('0.6+0') },
  },
  CoverageOf60SessionsUnusual: {
    at: '15m',
    fires: { [coverage('60')]: steady('0.975+0') },
    silent: { [coverage('60')]: steady('0.90+0'), [coverage('250')]: steady('0.8+0') },
  },
  CoverageOf20SessionsCollapsed: onOne('15m', coverage('20'), steady('0.79+0'), steady('0.81+0')),
  CoverageOfOneSymbolUnusual: {
    at: '15m',
    fires: { 'daytrade_interval_coverage_symbol_ratio{bound="lowest"}': steady('0.85+0') },
    silent: {
      'daytrade_interval_coverage_symbol_ratio{bound="lowest"}': steady('0.91+0'),
      'daytrade_interval_coverage_symbol_ratio{bound="highest"}': steady('0.96+0'),
    },
  },
  ModelOld: onOne('70m', 'daytrade_model_age_seconds{instance="a"}', '800000+60x6000', '600000+60x6000'),
  BarsStale: onOne('130m', 'daytrade_newest_bar_age_sessions{instance="a"}', steady('2+0'), steady('1+0')),
  RowsQuarantined: {
    at: '1470m',
    every: '15m',
    fires: { 'daytrade_rows_quarantined{reason="off-grid", severity="quarantined"}': '0+1x6000' },
    silent: {
      'daytrade_rows_quarantined{reason="off-grid", severity="quarantined"}': steady('500+0'),
      'daytrade_rows_quarantined{reason="gap", severity="warning"}': '0+1x6000',
    },
  },
  RunsFail: {
    at: '30m',
    fires: { 'daytrade_runs_finished_total{job="training", status="failed"}': '0x10 1x6000' },
    silent: { 'daytrade_runs_finished_total{job="training", status="succeeded"}': '0+1x6000' },
  },
  JobOverdue: onOne('60m', 'daytrade_job_overdue_seconds{job="prediction"}', '0+60x6000', steady('1200+0')),
  QueueStuck: onOne('30m', 'daytrade_oldest_queued_run_age_seconds{instance="a"}', '0+60x6000', steady('600+0')),
  ServiceDown: {
    at: '10m',
    fires: [
      // It is there and does not answer.
      { ...allParts, [scraped('dashboard')]: '1 1 0x6000' },
      // It is gone: discovery has dropped its last pod, and its series end.
      { ...allParts, [scraped('ml-service')]: '1 1 stale' },
      Object.fromEntries(Object.entries(allParts).filter(([series]) => !series.includes('worker'))),
    ],
    silent: { ...allParts, 'up{job="other", instance="b"}': steady('0+0') },
  },
  NoServiceSeen: {
    at: '10m',
    fires: { 'up{job="other", instance="b"}': steady('1+0') },
    silent: { 'up{job="day-trade", instance="a"}': steady('0+0') },
  },
  ProcessRestarts: onOne(
    '30m',
    'process_start_time_seconds{job="day-trade", instance="a"}',
    '0+300x6000',
    '0x10 600x6000',
  ),
  EventLoopBlocked: onOne(
    '15m',
    'daytrade_event_loop_delay_p99_seconds{service="ml-service", instance="a"}',
    steady('0.8+0'),
    steady('0.05+0'),
  ),
  VolumeFilling: {
    at: '20m',
    fires: { [volume('available')]: steady('10+0'), [volume('capacity')]: steady('100+0') },
    silent: { [volume('available')]: steady('50+0'), [volume('capacity')]: steady('100+0') },
  },
  VolumeFullInFourDays: onOne(
    '500m',
    'kubelet_volume_stats_available_bytes{persistentvolumeclaim="data-postgresql-0"}',
    '1000000-200x6000',
    '1000000-10x6000',
  ),
  BackupOld: {
    at: '30m',
    fires: [
      { ...dailyBackups, [age('backup')]: steady('100000+60') },
      // On Monday, where the newest is of Friday.
      { [due]: steady('7200+60'), [age('backup')]: steady('266000+60') },
    ],
    silent: [
      { ...dailyBackups, [age('backup')]: steady('80000+60') },
      // It was made by hand: no job starts one.
      { [age('backup')]: steady('9000000+60') },
      // On Sunday, where a job starts one each night before a session.
      { [due]: steady('208800+60'), [age('backup')]: steady('208700+60') },
    ],
  },
  BackupMissing: {
    at: '27h',
    every: '15m',
    sampled: '15m',
    fires: dailyBackups,
    silent: [{ ...dailyBackups, [age('backup')]: steady('600+60') }, { [due]: '_x70 0x50' }, { [due]: '0x70 stale' }],
  },
  DumpOld: {
    at: '40m',
    fires: [
      { [age('dump')]: steady('93600+60') },
      // A dump is expected, and its age is not known: expected by rules/parts.yaml.
      { 'up{job="other", instance="b"}': steady('1+0') },
    ],
    silent: { [age('dump')]: steady('80000+60') },
  },
  RestoreDrillOld: {
    at: '25h',
    every: '1h',
    sampled: '1h',
    fires: [
      // None was ever made.
      { ...dailyBackups, [age('backup')]: '600+0x25' },
      // The newest is of 104 days ago.
      { ...dailyBackups, [age('backup')]: '600+0x25', [age('restore-drill')]: '9000000+3600x25' },
    ],
    silent: [
      { ...dailyBackups, [age('backup')]: '600+0x25', [age('restore-drill')]: '8500000+3600x25' },
      // There is a backup that was made by hand, and no job that starts one.
      { [age('backup')]: '600+3600x25' },
      { [age('backup')]: '600+3600x25', [age('restore-drill')]: '9000000+3600x25' },
    ],
  },
  Watchdog: { at: '1m', fires: allParts, silent: [] },
};
