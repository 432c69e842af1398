export { openFolderBars } from './bars/bar-store.ts';
export type { BarsPast } from './bars/bars-past.ts';
export type { DateRange } from './bars/columns.ts';
export { barsDamaged, readUndamaged } from './bars/damaged-bars.ts';
export { csvAsParquet } from './bars/foreign-parquet.ts';
export type { Database } from './database/database.ts';
export { migrateDatabase, neededSchemaVersion, pendingMigrations } from './database/migrations.ts';
export type { MssqlOptions } from './database/mssql/open.ts';
export { openMssqlDatabase } from './database/mssql/open.ts';
export type { PostgresOptions } from './database/postgres/open.ts';
export { openPostgresDatabase } from './database/postgres/open.ts';
export type {
  AnnouncementRecord,
  JudgedCloseRecord,
  PublishedInDay,
  PublishedPrediction,
  ShareCountRecord,
  SymbolRecord,
} from './database/tables.ts';
export { type ObjectsOptions, openServerDatabase, openSharedStores, type ServerOptions } from './open-shared-stores.ts';
export { type OpenStoresOptions, openStores } from './open-stores.ts';
export type { IndexExtent } from './repositories/index-repository.ts';
export type { NewModel } from './repositories/model-registry.ts';
export type { ClaimedNotice } from './repositories/notice-repository.ts';
export type { PublishedInterval } from './repositories/prediction-repository.ts';
export type { SourceRecord } from './repositories/source-repository.ts';
export type { SchemaState, Stores } from './stores.ts';
export { type ActiveSymbols, activeSymbols, activeUniverse, newestBar } from './universe-store.ts';
export { UploadStore } from './uploads/upload-store.ts';
