import type { BarStore } from './bars/bar-store.ts';
import type { Database } from './database/database.ts';
import { neededSchemaVersion, schemaVersion } from './database/migrations.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { AnnouncementRepository } from './repositories/announcement-repository.ts';
import { EvaluationRepository } from './repositories/evaluation-repository.ts';
import { InDayPredictionRepository } from './repositories/in-day-prediction-repository.ts';
import { IndexRepository } from './repositories/index-repository.ts';
import { ModelRegistry } from './repositories/model-registry.ts';
import { NoticeRepository } from './repositories/notice-repository.ts';
import { PaperEventRepository } from './repositories/paper-event-repository.ts';
import { JudgedCloseRepository, PredictionRepository } from './repositories/prediction-repository.ts';
import { QuarantineRepository } from './repositories/quarantine-repository.ts';
import { ReportRepository } from './repositories/report-repository.ts';
import { RunRepository } from './repositories/run-repository.ts';
import { ScheduleRepository } from './repositories/schedule-repository.ts';
import { SourceRepository } from './repositories/source-repository.ts';
import { PriceFactorRepository, ShareCountRepository, SymbolRepository } from './repositories/symbol-repositories.ts';
import { SelectionStore } from './selection-store.ts';
import { UniverseStore } from './universe-store.ts';
import { UploadStore } from './uploads/upload-store.ts';

/** Schema versions: numbers of migrations. */
export interface SchemaState {
  readonly needed: number;
  /** The version of the database; 0 before the first migration. */
  readonly found: number;
}

/** Everything outside the database: the objects, and the bar files such as `bars/daily/2025.parquet`. */
export type StoredFiles = Pick<ObjectStore, 'put' | 'getVersioned' | 'entries'>;

/** Parts of the stores that depend on the kind of installation. */
interface StoreParts {
  readonly database: Database;
  readonly bars: BarStore;
  readonly objects: ObjectStore;
  readonly files: StoredFiles;
  /** True if no other process writes to these stores. */
  readonly alone: boolean;
  readonly close: () => Promise<void>;
}

/** All stores of one installation. */
export type Stores = Readonly<ReturnType<typeof storesOn>>;

export function storesOn(parts: StoreParts) {
  const { database, objects } = parts;
  return {
    ...parts,
    symbols: new SymbolRepository(database),
    quarantine: new QuarantineRepository(database),
    priceFactors: new PriceFactorRepository(database),
    shareCounts: new ShareCountRepository(database),
    announcements: new AnnouncementRepository(database),
    indices: new IndexRepository(database),
    predictions: new PredictionRepository(database),
    inDayPredictions: new InDayPredictionRepository(database),
    judgedCloses: new JudgedCloseRepository(database),
    models: new ModelRegistry({ ...database, objects }),
    evaluations: new EvaluationRepository({ ...database, objects }),
    reports: new ReportRepository({ ...database, objects }),
    runs: new RunRepository(database),
    schedules: new ScheduleRepository(database),
    sources: new SourceRepository(database),
    notices: new NoticeRepository(database),
    paper: new PaperEventRepository(database),
    writes: database.writes,
    uploads: new UploadStore(objects),
    selections: new SelectionStore(objects),
    universe: new UniverseStore(objects),
    /** Reads the schema version; a service is ready when `found` is at least `needed`. */
    schema: async (): Promise<SchemaState> => ({ needed: neededSchemaVersion, found: await schemaVersion(database) }),
  };
}
