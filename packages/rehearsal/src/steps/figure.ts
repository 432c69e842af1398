/** What a figure must be. */
export type Bar = { readonly most: number } | { readonly least: number } | { readonly is: number | string };

/** What a step measured. */
export interface Figure {
  /** Its name in the report's table of words. */
  readonly id: FigureId;
  readonly value: number | string;
  readonly unit: '' | 's' | 'ms' | 'US$';
  /** undefined for one that is only told. */
  readonly bar?: Bar;
}

/** Names of figures; the report has words for each. */
export type FigureId =
  | 'policiesPassed'
  | 'policiesFailed'
  | 'policiesWaived'
  | 'dollarsAMonth'
  | 'planned'
  | 'created'
  | 'guard'
  | 'applySeconds'
  | 'driftAfterApply'
  | 'chartObjects'
  | 'imagesSeconds'
  | 'installSeconds'
  | 'predictions'
  | 'requests'
  | 'failedRequests'
  | 'downtime'
  | 'p50'
  | 'p99'
  | 'rolledOutSeconds'
  | 'trafficSeconds'
  | 'exitCode'
  | 'serving'
  | 'recoverySeconds'
  | 'backupSeconds'
  | 'rows'
  | 'lostRows'
  | 'changedTables'
  | 'backupAge'
  | 'replayed'
  | 'left'
  | 'totalSeconds';

/** Whether a figure meets its bar; true for one without. */
export function holds({ value, bar }: Figure): boolean {
  if (bar === undefined) return true;
  if ('is' in bar) return value === bar.is;
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  return 'most' in bar ? value <= bar.most : value >= bar.least;
}
