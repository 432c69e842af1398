export { activeUniverse, newestBar } from './active-universe.ts';
export type { BarStore, DateRange, MergeResult } from './bars/bar-store.ts';
export { barsDamaged, type DamagedBars, readUndamaged } from './bars/damaged-bars.ts';
export { openFolderBars, openSharedBars } from './bars/parquet-bar-store.ts';
export type { Database } from './database/database.ts';
export { type MigrateOptions, type MigrationResult, migrateDatabase } from './database/migrate.ts';
export { openPostgresDatabase } from './database/postgres/open.ts';
export type { PostgresAuthentication, PostgresOptions, PostgresTls } from './database/postgres/options.ts';
export { neededSchemaVersion, pendingMigrations, schemaVersion } from './database/schema-version.ts';
export type { JudgedRow, SymbolRecord, Tables } from './database/tables.ts';
export type { TableName, TableWrites } from './database/write-counter.ts';
export type { ObjectEntry, ObjectStore, VersionedObject } from './objects/object-store.ts';
export type { S3ObjectStoreOptions } from './objects/s3-object-store.ts';
export { type ObjectsOptions, type OpenSharedStoresOptions, openSharedStores } from './open-shared-stores.ts';
export { type OpenStoresOptions, openStores } from './open-stores.ts';
export { EvaluationRepository } from './repositories/evaluation-repository.ts';
export { ModelRegistry, type ModelSwitch, type NewModel } from './repositories/model-registry.ts';
export { PredictionRepository } from './repositories/prediction-repository.ts';
export {
  type QuarantineCount,
  type QuarantinePage,
  type QuarantineQuery,
  QuarantineRepository,
} from './repositories/quarantine-repository.ts';
export { RunRepository } from './repositories/run-repository.ts';
export { SymbolRepository } from './repositories/symbol-repository.ts';
export { StateFolder, type StateFolderOptions } from './state-folder/state-folder.ts';
export type { SchemaState, Stores } from './stores.ts';
export { UploadStore } from './uploads/upload-store.ts';
