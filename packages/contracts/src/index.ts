export * from './accuracy.ts';
export * from './addresses.ts';
export * from './announcements.ts';
export * from './audit.ts';
export * from './backtests.ts';
export * from './backups.ts';
export * from './bar-files.ts';
export * from './data.ts';
export * from './data-health.ts';
export * from './direction-skill.ts';
export * from './health.ts';
export * from './in-day.ts';
export * from './indices.ts';
export * from './issue-words.ts';
export * from './jobs.ts';
export * from './metrics.ts';
export * from './models.ts';
export { nearestName } from './nearest-name.ts';
export * from './nesting.ts';
export * from './notices.ts';
export * from './objective.ts';
export * from './page.ts';
export * from './paper.ts';
export * from './parse-payload.ts';
export * from './parse-settings.ts';
export * from './predictions.ts';
export * from './price-factors.ts';
export * from './primitives.ts';
export * from './providers.ts';
export * from './reports.ts';
export * from './routes/index.ts';
export * from './runs.ts';
export * from './scheduling.ts';
export { onlyInTheEnvironment } from './settings/file-faults.ts';
export { type InsightsConnection, insightsConnection } from './settings/insights-connection.ts';
export { minuteSessionRange } from './settings/jquants-settings.ts';
export { type RequestedUniverse, universeIn } from './settings/provider-settings.ts';
export { type SecretName, secretFiles, secretsOfStart } from './settings/secret-files.ts';
export { portOf, portOffsets, serviceUrls } from './settings/service-settings.ts';
export { settingKey, settingNameOf } from './settings/setting-key.ts';
export {
  type FileSetting,
  givenSettings,
  labelOf,
  type SettingSource,
  settingSources,
} from './settings/setting-sources.ts';
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
export * from './settings.ts';
export * from './universe.ts';
export * from './uploads.ts';
