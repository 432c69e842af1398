import { BarStore } from './bars/bar-store.ts';
import type { Database } from './database/database.ts';
import { openPGliteDatabase } from './database/pglite-database.ts';
import { FolderObjectStore } from './objects/folder-object-store.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { EvaluationRepository } from './repositories/evaluation-repository.ts';
import { ModelRegistry } from './repositories/model-registry.ts';
import { PredictionRepository } from './repositories/prediction-repository.ts';
import { QuarantineRepository } from './repositories/quarantine-repository.ts';
import { RunRepository } from './repositories/run-repository.ts';
import { SymbolRepository } from './repositories/symbol-repository.ts';
import { StateFolder } from './state-folder/state-folder.ts';

export interface OpenStoresOptions {
  /** The state folder; made when it does not exist. */
  readonly folder: string;
  /** What this process is for, shown to whoever finds the folder locked: "daytrade up". */
  readonly purpose: string;
  /** The clock, milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/** Everything that one installation keeps. */
export interface Stores {
  readonly folder: StateFolder;
  readonly database: Database;
  readonly bars: BarStore;
  readonly objects: ObjectStore;
  readonly symbols: SymbolRepository;
  readonly quarantine: QuarantineRepository;
  readonly predictions: PredictionRepository;
  readonly models: ModelRegistry;
  readonly evaluations: EvaluationRepository;
  readonly runs: RunRepository;
  /** Closes the database and gives the folder back. */
  close(): Promise<void>;
}

/**
 * Locks the state folder and opens all that is in it.
 *
 * @example
 * const stores = await openStores({ folder: '.day-trade', purpose: 'daytrade up', now: Date.now });
 * const symbols = await stores.symbols.list();
 * await stores.close();
 *
 * @throws DayTradeError `state.locked` with the pid of the process that uses the folder; `state.unwritable`;
 *   `state.damaged`
 */
export async function openStores(options: OpenStoresOptions): Promise<Stores> {
  const folder = await StateFolder.open({ path: options.folder, purpose: options.purpose, now: options.now });
  const opened: { close(): Promise<void> }[] = [folder];
  const close = async () => {
    for (const part of opened.splice(0).toReversed()) await part.close();
  };
  try {
    const database = await openPGliteDatabase(folder.join('database'));
    opened.push(database);
    const bars = await BarStore.open({ folder: folder.join('bars') });
    opened.push(bars);
    const objects = await FolderObjectStore.open({ folder: folder.join('objects') });
    const { db } = database;
    return {
      folder,
      database,
      bars,
      objects,
      symbols: new SymbolRepository(db),
      quarantine: new QuarantineRepository(db),
      predictions: new PredictionRepository(db),
      models: await ModelRegistry.open({ db, objects }),
      evaluations: await EvaluationRepository.open({ db, objects }),
      runs: new RunRepository(db),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
