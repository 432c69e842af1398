export { DataFetcher } from './fetch/data-fetcher.ts';
export type { FetchedSymbol, FetchSinks } from './fetch/ports.ts';
export { healthConcerns, missingBars } from './health/health.ts';
export { inspectIndex, otherMarketReason, readIndexFile } from './indices/index-values.ts';
export type { BarProvider, PassedOver, StoredIntraday } from './provider.ts';
export { CsvFolderProvider, CsvProvider, symbolOfFile } from './providers/csv/csv-provider.ts';
export { type CsvFile, type CsvFiles, type CsvListing, FolderFiles, type NamedBytes } from './providers/csv/files.ts';
export { barFileText } from './providers/csv/write-bar-file.ts';
export { JQuantsClient } from './providers/jquants/client.ts';
export type { ListingEnd, ListingRecord } from './providers/jquants/issues.ts';
export { JQuantsProvider } from './providers/jquants/jquants-provider.ts';
export { MinuteBars } from './providers/jquants/minute-bars.ts';
export {
  firstDayOf,
  firstFetchMinutes,
  jquantsPlans,
  minuteRequestsPerMinute,
  newestSessionOf,
} from './providers/jquants/plans.ts';
export { topixOfJQuants } from './providers/jquants/topix.ts';
export { newestReadySession } from './providers/network/missing-bars.ts';
export { type BucketClock, TokenBucket } from './providers/network/token-bucket.ts';
export { createSyntheticExchange, syntheticInformationCoefficient } from './providers/synthetic/synthetic-exchange.ts';
export { SyntheticProvider } from './providers/synthetic/synthetic-provider.ts';
export { YahooClient, yahooRequestsPerMinute } from './providers/yahoo/client.ts';
export { YahooProvider } from './providers/yahoo/yahoo-provider.ts';
export { inspectBars } from './quality/inspect-bars.ts';
export { qualityReasons } from './quality/row-rules.ts';
export { defaultCriteria, type SelectionOptions } from './selection/options.ts';
export { selectSymbols } from './selection/select-symbols.ts';
export { readAnnouncementFile } from './tables/announcement-file.ts';
export { csvRow } from './tables/lines.ts';
export { readRegularFile } from './tables/read-file.ts';
export { readUniverseFile, type UniverseFile } from './tables/universe-file.ts';
