export * from './addresses.ts';
export * from './bodies/accuracy.ts';
export * from './bodies/audit.ts';
export * from './bodies/backtests.ts';
export * from './bodies/backups.ts';
export * from './bodies/data.ts';
export * from './bodies/health.ts';
export * from './bodies/in-day.ts';
export * from './bodies/indices.ts';
export * from './bodies/models.ts';
export * from './bodies/notices.ts';
export * from './bodies/paper.ts';
export * from './bodies/predictions.ts';
export * from './bodies/primitives.ts';
export * from './bodies/reports.ts';
export * from './bodies/runs.ts';
export * from './bodies/stored-bars.ts';
export * from './bodies/universe.ts';
export * from './bodies/uploads.ts';
export * from './direction-skill.ts';
export * from './issue-words.ts';
export * from './jobs.ts';
export * from './metrics.ts';
export * from './objective.ts';
export * from './parse-payload.ts';
export * from './providers.ts';
export * from './routes/index.ts';
export { type InsightsConnection, insightsConnection } from './settings/observation-settings.ts';
export * from './settings/parse-settings.ts';
export { type RequestedUniverse, universeIn } from './settings/provider-settings.ts';
export { portOf, portOffsets, serviceUrls } from './settings/service-settings.ts';
export {
  type FileSetting,
  givenSettings,
  labelOf,
  onlyInTheEnvironment,
  type SettingSource,
  settingKey,
  settingNameOf,
  settingSources,
} from './settings/setting-sources.ts';
export { type SecretName, secretFiles, secretsOfStart } from './settings/setting-types.ts';
export * from './settings/settings.ts';
export {
  type DatabaseAddress,
  databaseAddress,
  type ObjectsAddress,
  objectsAddress,
  type RedisServer,
  redisServer,
  withoutPassword,
} from './settings/store-addresses.ts';
export { keptDays, workerScaling } from './settings/work-settings.ts';
