export { type AuditOptions, auditLeaks } from './audit/audit-leaks.ts';
export { auditWithinDay, type WithinDayBars } from './audit/audit-within-day.ts';
export type { AuditFindings } from './audit/audited-pipeline.ts';
export { productPipeline } from './audit/product-pipeline.ts';
export { type Ensemble, type EnsembleSummary, summariseEnsemble } from './ensemble.ts';
export { deserialiseEnsemble, serialiseEnsemble } from './ensemble-file.ts';
export { evaluateEnsemble } from './evaluate-ensemble.ts';
export { eachJudged, type JudgedForecasts, judgedBySymbol } from './evaluation/judged-table.ts';
export type { EvaluationReport, JudgedForecast } from './evaluation/report.ts';
export { ensembleTasks, inlineTasks } from './execute-task.ts';
export { evaluateInDay, trainInDay } from './in-day/in-day.ts';
export type { InDayBars } from './in-day/in-day-bars.ts';
export { type InDayForecast, InDayForecaster } from './in-day/in-day-forecaster.ts';
export { publishInterval } from './intervals/published-interval.ts';
export { defaultMembers } from './members/member-options.ts';
export {
  type MemberFile,
  type MemberRows,
  memberOfFile,
  type OwnFile,
  type OwnMember,
  type OwnMembers,
  predictOwn,
} from './members/own-member.ts';
export type { EnsembleOptions, EvaluationOptions } from './options.ts';
export type { EnsembleTasks, RunTask } from './run-task.ts';
export { explainNextSession, type Forecast, Forecaster, panelHash } from './serving/forecaster.ts';
export type { ImportanceReport } from './serving/importance.ts';
export { fewestTrainingSessions, trainEnsemble } from './train-ensemble.ts';
