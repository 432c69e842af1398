export { deserialiseEnsemble, serialiseEnsemble } from './artifact/ensemble-artifact.ts';
export { type AuditOptions, auditLeaks } from './audit/audit-leaks.ts';
export type { AuditFindings } from './audit/audit-report.ts';
export type { AuditedPipeline, AuditedSplit, ColumnStatistics, RowDates } from './audit/audited-pipeline.ts';
export { type PlantedLeak, plantedLeaks } from './audit/planted-leaks.ts';
export { productPipeline } from './audit/product-pipeline.ts';
export { auditSelfTest, type SelfTestOptions } from './audit/self-test.ts';
export { type Ensemble, type EnsembleSummary, summariseEnsemble } from './ensemble.ts';
export { type EvaluationResult, evaluateEnsemble } from './evaluate-ensemble.ts';
export type { EvaluationReport, JudgedForecast } from './evaluation/report.ts';
export { ensembleTasks, inlineTasks } from './execute-task.ts';
export { explainNextSession } from './explain-next-session.ts';
export type { Forecast } from './forecast.ts';
export type { EnsembleMethod, IntervalMethod } from './intervals/interval-method.ts';
export type { MemberOptions } from './members/member-options.ts';
export { defaultMembers } from './members/member-options.ts';
export type { Combination, CompiledEnsembleOptions, EnsembleOptions, EvaluationOptions } from './options.ts';
export type { EnsembleRun, EnsembleStage, EnsembleTasks, RunTask } from './run-task.ts';
export type {
  FeatureContribution,
  FeatureImportance,
  ForecastExplanation,
  ImportanceReport,
} from './serving/importance.ts';
export { type WarmForecast, WarmForecaster } from './serving/warm-forecaster.ts';
export { type TrainingResult, trainEnsemble } from './train-ensemble.ts';
