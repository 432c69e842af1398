import type { BarStore } from './bars/bar-store.ts';
import type { Database, TableWrites } from './database/database.ts';
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
  /** What this version of the platform needs at least. */
  readonly needed: number;
  /** What the database has; 0 when it was never migrated. */
  readonly found: number;
}

/** Everything that one installation keeps. */
export interface Stores {
  readonly database: Database;
  readonly bars: BarStore;
  readonly objects: ObjectStore;
  /** Everything that is not in the database: the objects, and the files of bars as `bars/daily/2025.parquet`. */
  readonly files: ObjectStore;
  readonly symbols: SymbolRepository;
  readonly quarantine: QuarantineRepository;
  readonly priceFactors: PriceFactorRepository;
  readonly shareCounts: ShareCountRepository;
  readonly announcements: AnnouncementRepository;
  readonly indices: IndexRepository;
  readonly predictions: PredictionRepository;
  readonly inDayPredictions: InDayPredictionRepository;
  readonly judgedCloses: JudgedCloseRepository;
  readonly models: ModelRegistry;
  readonly evaluations: EvaluationRepository;
  readonly reports: ReportRepository;
  readonly runs: RunRepository;
  readonly schedules: ScheduleRepository;
  readonly sources: SourceRepository;
  readonly notices: NoticeRepository;
  readonly paper: PaperEventRepository;
  /** What this process wrote. */
  readonly writes: TableWrites;
  /** Whether no other process writes to these stores. */
  readonly alone: boolean;
  readonly uploads: UploadStore;
  readonly selections: SelectionStore;
  /** Who was listed and a member when. */
  readonly universe: UniverseStore;
  /** Asks the database for its schema version; a service is ready when `found` is at least `needed`. */
  schema(): Promise<SchemaState>;
  /**
   * Removes objects that no row has named for days: what a crash left.
   *
   * @param now instant, milliseconds since 1970 UTC
   */
  removeOrphans(now: number): Promise<void>;
  /** Closes all of it. */
  close(): Promise<void>;
}

/** The repositories on an open database and its objects. */
export function storesOn(parts: Pick<Stores, 'database' | 'bars' | 'objects' | 'files' | 'alone' | 'close'>): Stores {
  const { database, objects } = parts;
  const models = new ModelRegistry({ ...database, objects });
  const evaluations = new EvaluationRepository({ ...database, objects });
  const reports = new ReportRepository({ ...database, objects });
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
    models,
    evaluations,
    reports,
    runs: new RunRepository(database),
    schedules: new ScheduleRepository(database),
    sources: new SourceRepository(database),
    notices: new NoticeRepository(database),
    paper: new PaperEventRepository(database),
    writes: database.writes,
    uploads: new UploadStore(objects),
    selections: new SelectionStore(objects),
    universe: new UniverseStore(objects),
    schema: async () => ({ needed: neededSchemaVersion, found: await schemaVersion(database) }),
    removeOrphans: async (now) => {
      await models.removeOrphans(now);
      await evaluations.removeOrphans(now);
      await reports.removeOrphans(now);
    },
  };
}
