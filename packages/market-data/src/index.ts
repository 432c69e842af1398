export { DataFetcher } from './fetch/data-fetcher.ts';
export type { FetchedSymbol, FetchSinks } from './fetch/ports.ts';
export { healthConcerns, missingBars } from './health/health.ts';
export { inspectIndex, readIndexFile } from './indices/index-values.ts';
export type { StoredIntraday } from './provider.ts';
export { CsvFolderProvider, CsvProvider, symbolOfFile } from './providers/csv/csv-provider.ts';
export { type CsvFile, type CsvFiles, type CsvListing, FolderFiles, type NamedBytes } from './providers/csv/files.ts';
export { barFileText } from './providers/csv/write-bar-file.ts';
export type {
  FetchOption,
  KeyQuestion,
  ProviderContext,
  ProviderDefinition,
  RepairFetch,
  SetupQuestion,
} from './providers/definition.ts';
export { endsOfListings } from './providers/jquants/listing-record.ts';
export { KabuStationClient, mostSymbols } from './providers/kabu-station/client.ts';
export { recordedName, recordedText } from './providers/kabu-station/kabu-station.ts';
export { KabuStationRecorder, type SymbolRecording } from './providers/kabu-station/recorder.ts';
export { type BucketClock, TokenBucket } from './providers/network/token-bucket.ts';
export * from './providers/providers.ts';
export { createSyntheticExchange } from './providers/synthetic/synthetic-exchange.ts';
export { inspectBars } from './quality/inspect-bars.ts';
export { qualityReasons } from './quality/row-rules.ts';
export { defaultCriteria, type SelectionOptions } from './selection/options.ts';
export { lastSessionUpTo, selectSymbols } from './selection/select-symbols.ts';
export { readAnnouncementFile } from './tables/announcement-file.ts';
export { csvRow } from './tables/lines.ts';
export { readRegularFile } from './tables/read-file.ts';
export { readUniverseFile, type UniverseFile } from './tables/universe-file.ts';
