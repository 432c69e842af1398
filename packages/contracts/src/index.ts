export * from './addresses.ts';
export * from './bodies/index.ts';
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
export {
  minuteSessionRange,
  namedUniverses,
  type RequestedUniverse,
  universeIn,
} from './settings/provider-settings.ts';
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
export { databaseAddress, objectsAddress, redisServer, withoutPassword } from './settings/store-addresses.ts';
export { keptDays, workerScaling } from './settings/work-settings.ts';
