/** What tests of other folders use to try this package on real servers: `@daytrade/storage/testing`. */
export * from './backup-state.ts';
export { migrationSuite } from './migration-suite.ts';
export { newState, newStores } from './new-state.ts';
export { objectStoreSuite } from './object-store.suite.ts';
export { emptyTables, repositorySuite } from './repository-suite.ts';
export {
  sampleEvaluation,
  sampleInDayPrediction,
  sampleJudged,
  sampleModel,
  samplePrediction,
  sampleQuarantineEntry,
  sampleReport,
  sampleRun,
  sampleSymbol,
} from './sample-records.ts';
export { temporaryFolder } from './temporary-folder.ts';
