export type { CsvFile, CsvFiles, CsvListing, NamedBytes } from './csv/csv-files.ts';
export { type CsvFolderOptions, CsvFolderProvider } from './csv/csv-folder-provider.ts';
export { CsvProvider, type CsvProviderOptions } from './csv/csv-provider.ts';
export { FolderFiles, type FolderFilesOptions } from './csv/folder-files.ts';
export { DataFetcher, type DataFetcherOptions, type FetchOptions, type FetchProgress } from './fetch/data-fetcher.ts';
export type { BarSink, FetchedSymbol, FetchSinks, MergedBars, QuarantineSink, SymbolSink } from './fetch/ports.ts';
export { JQuantsClient, type JQuantsClientOptions } from './jquants/client.ts';
export type { JQuantsPriceBasis } from './jquants/daily-rows.ts';
export { JQuantsProvider, type JQuantsProviderOptions, type StoredBars } from './jquants/jquants-provider.ts';
export type { JQuantsUniverse } from './jquants/master.ts';
export { firstDayOf, type JQuantsPlan, type JQuantsPlanName, jquantsPlans, newestSessionOf } from './jquants/plans.ts';
export { type BucketClock, TokenBucket } from './jquants/token-bucket.ts';
export type {
  BarProvider,
  BarSource,
  MalformedRow,
  PassedOver,
  SourceList,
  SourceRows,
  SymbolMaster,
} from './provider.ts';
export { type Inspection, inspectBars } from './quality/inspect-bars.ts';
export { type QualityReason, qualityReasons } from './quality/reasons.ts';
export { defaultCriteria, type SelectionCriteria } from './selection/criteria.ts';
export { type SelectionCandidate, selectSymbols } from './selection/select-symbols.ts';
export type { SyntheticSymbol } from './synthetic/company-register.ts';
export {
  createSyntheticExchange,
  type SyntheticExchange,
  type SyntheticExchangeOptions,
  syntheticInformationCoefficient,
} from './synthetic/synthetic-exchange.ts';
export { SyntheticProvider, type SyntheticProviderOptions } from './synthetic-provider.ts';
