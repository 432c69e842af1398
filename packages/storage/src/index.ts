export { activeUniverse } from './active-universe.ts';
export { BarStore, type DateRange, type MergeResult } from './bars/bar-store.ts';
export type { Database } from './database/database.ts';
export type { JudgedRow, SymbolRecord, Tables } from './database/tables.ts';
export { FolderObjectStore } from './objects/folder-object-store.ts';
export type { ObjectStore } from './objects/object-store.ts';
export { type OpenStoresOptions, openStores, type Stores } from './open-stores.ts';
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
