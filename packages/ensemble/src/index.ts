export { deserialiseEnsemble, serialiseEnsemble } from './artifact/ensemble-artifact.ts';
export { type AuditOptions, auditLeaks } from './audit/audit-leaks.ts';
export type { AuditCheck, AuditReport, LeakAlarm, LeakKind } from './audit/audit-report.ts';
export type { AuditedPipeline, AuditedSplit, ColumnStatistics, RowDates } from './audit/audited-pipeline.ts';
export { type PlantedLeak, plantedLeaks } from './audit/planted-leaks.ts';
export { productPipeline } from './audit/product-pipeline.ts';
export { type Ensemble, type EnsembleSummary, summariseEnsemble } from './ensemble.ts';
export { type EvaluationResult, evaluateEnsemble } from './evaluate-ensemble.ts';
export type {
  Estimate,
  EvaluationReport,
  IntervalMethodReport,
  JudgedForecast,
  MemberReport,
  ObjectiveReport,
  RollingCoverage,
  SessionReport,
  SymbolReport,
} from './evaluation/report.ts';
export { executeTask, inlineTasks } from './execute-task.ts';
export type { Forecast, IntervalMethod } from './forecast.ts';
export type { MemberOptions } from './members/member-options.ts';
export { defaultMembers } from './members/member-options.ts';
export type { Combination, CompiledEnsembleOptions, EnsembleOptions } from './options.ts';
export { predictNextSession } from './predict-next-session.ts';
export type { EnsembleRun, EnsembleStage, RunTask, TaskName } from './run-task.ts';
export { type TrainingResult, trainEnsemble } from './train-ensemble.ts';
