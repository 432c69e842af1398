/**
 * Methods that put an interval around the ensemble's forecast; all are judged on every session, one is published.
 *
 * - `ensemble-split`: centre and scale of the ensemble, split conformal, each symbol its own scores.
 * - `ensemble-adaptive`: the same with adaptive conformal inference.
 * - `ensemble-pid`: the same with conformal PID control.
 * - `ensemble-quantile`: conformalised quantile regression on the quantile head.
 * - `ensemble-regime`: the same with the mean of two margins: the symbol's own, and the Mondrian one of all symbols in
 *   its regime; all widths times a level that follows the coverage of all symbols.
 */
export const ensembleMethods = [
  'ensemble-split',
  'ensemble-adaptive',
  'ensemble-pid',
  'ensemble-quantile',
  'ensemble-regime',
] as const;

/** A method on the ensemble's forecast. */
export type EnsembleMethod = (typeof ensembleMethods)[number];

/** How a published interval was made: a method of the ensemble, or the yardstick while all of them are demoted. */
export type IntervalMethod = EnsembleMethod | 'har';
