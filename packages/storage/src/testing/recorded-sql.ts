import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { type Database, databaseOn } from '../database/database.ts';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import { postgresAdapter } from '../database/postgres/adapter.ts';
import { postgresDialect } from '../database/postgres/dialect.ts';
import { compilePostgresOptions } from '../database/postgres/open.ts';
import { DatabaseObjectStore } from '../objects/database-object-store.ts';
import { AnnouncementRepository } from '../repositories/announcement-repository.ts';
import { EvaluationRepository } from '../repositories/evaluation-repository.ts';
import { InDayPredictionRepository } from '../repositories/in-day-prediction-repository.ts';
import { IndexRepository } from '../repositories/index-repository.ts';
import { ModelRegistry } from '../repositories/model-registry.ts';
import { NoticeRepository } from '../repositories/notice-repository.ts';
import { PaperEventRepository } from '../repositories/paper-event-repository.ts';
import { JudgedCloseRepository, PredictionRepository } from '../repositories/prediction-repository.ts';
import { QuarantineRepository } from '../repositories/quarantine-repository.ts';
import { ReportRepository } from '../repositories/report-repository.ts';
import { RunRepository } from '../repositories/run-repository.ts';
import { ScheduleRepository } from '../repositories/schedule-repository.ts';
import { SourceRepository } from '../repositories/source-repository.ts';
import { PriceFactorRepository, ShareCountRepository, SymbolRepository } from '../repositories/symbol-repositories.ts';
import { formatSql } from './format-sql.ts';
import {
  sampleAnnouncement,
  sampleEvaluation,
  sampleInDayPrediction,
  sampleJudged,
  sampleJudgedClose,
  sampleModel,
  sampleNotice,
  samplePaperEvent,
  samplePrediction,
  samplePriceFactor,
  sampleQuarantineEntry,
  sampleReport,
  sampleRun,
  sampleShareCount,
  sampleSymbol,
} from './sample-records.ts';

/** Options of a server that is never connected to. */
const nowhere = {
  host: 'nowhere',
  database: 'none',
  user: 'nobody',
  authentication: { kind: 'password', user: 'nobody', password: '' },
  tls: { kind: 'off' },
} as const;

/** Rows that a statement gives. */
type Answer = readonly object[];

/** A call of a method, with the rows that its statements give, one after another; none where there are no more. */
interface Sample<Repository> {
  /** Which of the ways through the method it takes, where there are several. */
  readonly when?: string;
  readonly answers?: readonly Answer[];
  readonly call: (repository: Repository) => Promise<unknown>;
}

/** Samples of every public method, which the compiler counts. */
type Samples<Repository> = { readonly [Method in keyof Repository]: readonly Sample<Repository>[] };

const symbols: Samples<SymbolRepository> = {
  upsertMany: [{ call: (repository) => repository.upsertMany([sampleSymbol()]) }],
  list: [{ call: (repository) => repository.list() }],
  find: [{ call: (repository) => repository.find(parseSymbol('0101')) }],
  findMany: [{ call: (repository) => repository.findMany([parseSymbol('0101'), parseSymbol('0102')]) }],
  remove: [{ call: (repository) => repository.remove([parseSymbol('0101'), parseSymbol('0102')]) }],
};

const code = parseSymbol('0101');
const quarantine: Samples<QuarantineRepository> = {
  replaceForFile: [
    { call: (repository) => repository.replaceForFile('0101.csv', code, [sampleQuarantineEntry()]) },
    {
      when: 'no row was kept out, and one was before',
      // Before the lock, and behind it.
      answers: [[{ file: '0101.csv', symbol: '0101' }], [], [{ file: '0101.csv', symbol: '0101' }]],
      call: (repository) => repository.replaceForFile('0101.csv', code, []),
    },
  ],
  replaceMany: [
    {
      answers: [[], [], [{ file: '0101.csv', symbol: '0101' }]],
      call: (repository) =>
        repository.replaceMany([
          { file: '0101.csv', symbol: code, entries: [sampleQuarantineEntry()] },
          { file: '0102.csv', symbol: parseSymbol('0102'), entries: [] },
        ]),
    },
  ],
  addForFile: [
    { call: (entries) => entries.addForFile({ file: '0101.csv', symbol: code, entries: [sampleQuarantineEntry()] }) },
    {
      when: 'more rows of a reason that is listed',
      answers: [[], [{ ...sampleQuarantineEntry(), id: 1, unlisted: 0 }]],
      call: (repository) => {
        const entry = sampleQuarantineEntry();
        const counts = [{ reason: entry.reason, severity: entry.severity, rows: 5 }];
        return repository.addForFile({ file: '0101.csv', symbol: code, entries: [entry], counts });
      },
    },
  ],
  list: [
    {
      call: (entries) =>
        entries.list({ symbol: code, reason: 'date-invalid', severity: 'quarantined', limit: 10, offset: 20 }),
    },
  ],
  counts: [{ call: (repository) => repository.counts() }],
  remove: [{ call: (repository) => repository.remove([code, parseSymbol('0102')]) }],
};

const priceFactors: Samples<PriceFactorRepository> = {
  upsertMany: [{ call: (repository) => repository.upsertMany([samplePriceFactor()]) }],
  all: [{ call: (repository) => repository.all() }],
  of: [{ call: (repository) => repository.of(parseSymbol('0101')) }],
};

const shareCounts: Samples<ShareCountRepository> = {
  upsertMany: [{ call: (repository) => repository.upsertMany([sampleShareCount()]) }],
  of: [{ call: (repository) => repository.of(sampleShareCount().symbol) }],
  asOf: [{ call: (repository) => repository.asOf(sampleShareCount().date) }],
};

const announcements: Samples<AnnouncementRepository> = {
  upsertMany: [{ call: (repository) => repository.upsertMany([sampleAnnouncement()]) }],
  between: [{ call: (repository) => repository.between(sampleAnnouncement().date, sampleAnnouncement().date) }],
  symbols: [{ call: (repository) => repository.symbols() }],
  remove: [{ call: (repository) => repository.remove([sampleAnnouncement().symbol]) }],
  calendar: [{ call: (repository) => repository.calendar([sampleAnnouncement().symbol]) }],
};

const index = { name: 'nasdaq', synthetic: false } as const;
const indexDay = { date: sampleShareCount().date, value: 20_000 };
const indexExtent = { ...index, values: 1, firstDate: indexDay.date, lastDate: indexDay.date };
const indices: Samples<IndexRepository> = {
  merge: [
    {
      when: 'of a new and a changed value',
      answers: [[], [{ date: '2025-05-08', value: 1 }]],
      call: (repository) => {
        const changed = { ...indexDay, date: parseTradeDate('2025-05-08') };
        const from = { source: 'ndq.csv', fetchedAt: '2026-11-24T09:00:00.000Z' };
        return repository.merge(index, [indexDay, changed], from);
      },
    },
  ],
  compare: [{ call: (repository) => repository.compare(index, [indexDay]) }],
  values: [{ call: (repository) => repository.values(index) }],
  extents: [{ answers: [[indexExtent], [{}]], call: (repository) => repository.extents() }],
  removeSynthetic: [{ call: (repository) => repository.removeSynthetic() }],
};

const predictions: Samples<PredictionRepository> = {
  save: [{ call: (repository) => repository.save([samplePrediction()]) }],
  latest: [{ answers: [[samplePrediction()], [samplePrediction()]], call: (repository) => repository.latest(true) }],
  forSession: [
    {
      answers: [[samplePrediction()]],
      call: (repository) => repository.forSession(samplePrediction().session, true),
    },
  ],
  byModel: [{ call: (repository) => repository.byModel(samplePrediction().session, samplePrediction().modelVersion) }],
  history: [
    { answers: [[samplePrediction()]], call: (repository) => repository.history(parseSymbol('0101'), true, 10) },
  ],
  newestSessions: [{ answers: [[samplePrediction()]], call: (repository) => repository.newestSessions(10, true) }],
  newestMadeAt: [{ answers: [[samplePrediction()]], call: (repository) => repository.newestMadeAt() }],
  remove: [{ call: (repository) => repository.remove(true) }],
};

const inDay = sampleInDayPrediction();
const inDayPredictions: Samples<InDayPredictionRepository> = {
  save: [{ call: (repository) => repository.save([inDay]) }],
  ofSession: [{ answers: [[inDay]], call: (repository) => repository.ofSession(inDay.session, true) }],
  ofHorizon: [{ answers: [[inDay]], call: (repository) => repository.ofHorizon(inDay, true) }],
  ofSymbol: [{ answers: [[inDay]], call: (repository) => repository.ofSymbol(inDay.session, inDay.symbol, true) }],
  byModel: [{ call: (repository) => repository.byModel(inDay, inDay.modelVersion) }],
  newestSessions: [{ answers: [[inDay]], call: (repository) => repository.newestSessions(10, true) }],
  newestMadeAt: [{ answers: [[inDay]], call: (repository) => repository.newestMadeAt() }],
  remove: [{ call: (repository) => repository.remove(true) }],
};

const judgedClose = sampleJudgedClose();
const judgedCloses: Samples<JudgedCloseRepository> = {
  keep: [{ call: (repository) => repository.keep([judgedClose]) }],
  since: [{ call: (repository) => repository.since(judgedClose.session, [judgedClose.symbol]) }],
  remove: [{ call: (repository) => repository.remove([judgedClose.symbol]) }],
};

const artifact = Buffer.from('a model');
const [live, earlier] = ['m20261124-0002-1f3a9c0b', 'm20261124-0001-1f3a9c0b'];
const model = {
  ...sampleModel(),
  version: earlier,
  artifactHash: createHash('sha256').update(artifact).digest('hex'),
  artifactBytes: artifact.byteLength,
};
const [at, action] = ['2026-11-24T09:00:00.000Z', 'promote'] as const;
const log: Answer = [
  { at, version: earlier, previous: null, action },
  { at, version: live, previous: earlier, action },
];
/** What nothing is read from: a lock, an insert. */
const nothing: Answer = [];

const models: Samples<ModelRegistry> = {
  register: [
    {
      answers: [nothing, nothing, nothing, [model]],
      call: (registry) => registry.register(sampleModel(), artifact),
    },
  ],
  list: [{ call: (registry) => registry.list() }],
  find: [{ answers: [[model]], call: (registry) => registry.find(earlier) }],
  live: [{ call: (registry) => registry.live() }],
  activations: [{ call: (registry) => registry.activations() }],
  artifact: [{ answers: [[model]], call: (registry) => registry.artifact(earlier) }],
  promote: [
    {
      answers: [nothing, [model], [{ version: live }], nothing, [model]],
      call: (registry) => registry.promote(earlier, 'promote', at),
    },
  ],
  rollbackTargets: [{ answers: [log, [model]], call: (registry) => registry.rollbackTargets() }],
  rollback: [{ answers: [nothing, log, nothing, [model]], call: (registry) => registry.rollback(at) }],
  prune: [
    {
      answers: [nothing, [{ version: earlier }]],
      call: (registry) => registry.prune({ before: at, dryRun: false }),
    },
  ],
  removeOrphans: [{ call: (registry) => registry.removeOrphans(0) }],
};

const evaluations: Samples<EvaluationRepository> = {
  prune: [
    {
      answers: [nothing, nothing, [{ id: 'e-old' }]],
      call: (repository) => repository.prune({ before: at, dryRun: false }),
    },
  ],
  save: [{ call: (repository) => repository.save(sampleEvaluation(), [[parseSymbol('0101'), [sampleJudged()]]]) }],
  latest: [{ call: (repository) => repository.latest(true) }],
  find: [{ call: (repository) => repository.find('e20261124-0001') }],
  judgedArchive: [{ call: (repository) => repository.judgedArchive(true) }],
  judged: [{ call: (repository) => repository.judged(parseSymbol('0101'), true, 10) }],
  judgedWithinDay: [{ call: (repository) => repository.judgedWithinDay(parseSymbol('0101'), true, 10) }],
  removeOrphans: [{ call: (repository) => repository.removeOrphans(0) }],
};

const reportKey = { session: sampleReport().session, synthetic: true } as const;
const reports: Samples<ReportRepository> = {
  save: [{ call: (repository) => repository.save(sampleReport()) }],
  list: [{ call: (repository) => repository.list(true, 10) }],
  find: [
    { call: (repository) => repository.find(reportKey) },
    { when: 'of one revision', call: (repository) => repository.find({ ...reportKey, revision: 1 }) },
  ],
  removeOrphans: [{ call: (repository) => repository.removeOrphans(0) }],
  prune: [
    {
      answers: [[sampleReport()], [{ count: 1 }]],
      call: (repository) => repository.prune({ before: reportKey.session, dryRun: false }),
    },
  ],
};

const notice = sampleNotice();
const claimed = { notice, channel: 'webhook', attempt: 1 } as const;
const notices: Samples<NoticeRepository> = {
  add: [{ call: (repository) => repository.add(notice, ['webhook', 'email']) }],
  channelsOf: [{ call: (repository) => repository.channelsOf(notice) }],
  claim: [
    {
      answers: [[{ kind: notice.kind, subject: notice.subject, attempts: 0 }]],
      call: (repository) => repository.claim('webhook', at, () => at, 10),
    },
  ],
  settle: [{ call: (repository) => repository.settle(claimed, { status: 'sent', sentAt: at, error: null }) }],
  list: [{ call: (repository) => repository.list(10) }],
  prune: [{ answers: [[{ count: 1 }]], call: (repository) => repository.prune({ before: at, dryRun: false }) }],
};

const paper: Samples<PaperEventRepository> = {
  newestBook: [{ call: (repository) => repository.newestBook() }],
  read: [{ call: (repository) => repository.read('book') }],
  append: [
    { answers: [nothing, [{ newest: 1 }]], call: (repository) => repository.append('book', 1, [samplePaperEvent()]) },
  ],
};

const run = sampleRun();
const runs: Samples<RunRepository> = {
  create: [
    { answers: [nothing, [run]], call: (repository) => repository.create(run) },
    {
      when: 'when there must be room',
      answers: [nothing, [{ inAll: 0, ofJob: 0 }], [run]],
      call: (repository) => repository.create(run, { ofJob: 1, inAll: 2 }),
    },
    {
      when: 'of a schedule',
      answers: [nothing, nothing, [run]],
      call: (repository) => repository.create(sampleRun({ trigger: 'schedule' })),
    },
    {
      when: 'that repeats another',
      answers: [nothing, nothing, [run]],
      call: (repository) => repository.create(sampleRun({ trigger: 'replay', replayOf: 'r-before' })),
    },
  ],
  find: [{ call: (repository) => repository.find(run.id) }],
  list: [
    { call: (repository) => repository.list({ limit: 10 }) },
    {
      when: 'by everything',
      call: (repository) =>
        repository.list({
          job: 'training',
          status: 'failed',
          keyPrefix: '100%_sure/',
          queuedBetween: { from: '2026-11-23T15:00:00.000Z', to: '2026-11-24T15:00:00.000Z' },
          scheduledOnly: true,
          dead: true,
          withoutDryRuns: true,
          limit: 10,
          longestJson: 4000,
        }),
    },
  ],
  update: [{ call: (repository) => repository.update(run, { status: 'running', attempt: 1 }) }],
  unfinished: [{ call: (repository) => repository.unfinished() }],
  prune: [{ answers: [[{ id: 'r-old' }]], call: (repository) => repository.prune({ before: at, dryRun: false }) }],
};

const sources: Samples<SourceRepository> = {
  save: [
    {
      call: (repository) =>
        repository.save({ request: { provider: 'csv', folder: '/bars' }, fetchedAt: '2026-11-24T00:15:00.000Z' }),
    },
  ],
  list: [{ call: (repository) => repository.list() }],
};

const schedules: Samples<ScheduleRepository> = {
  list: [{ call: (repository) => repository.list() }],
  serve: [{ call: (repository) => repository.serve('prediction', at) }],
  switch: [
    {
      answers: [nothing, [{}]],
      call: (repository) =>
        repository.switch('prediction', { paused: true, changedAt: at, changedBy: 'somebody', reason: null }),
    },
  ],
};

const key = 'models/0123';
const objects: Samples<DatabaseObjectStore> = {
  put: [{ call: (store) => store.put(key, artifact) }],
  putIf: [
    { when: 'when there must be none', call: (store) => store.putIf(key, artifact, null) },
    { when: 'in the place of one', call: (store) => store.putIf(key, artifact, 'version') },
  ],
  get: [{ call: (store) => store.get(key) }],
  getVersioned: [{ call: (store) => store.getVersioned(key) }],
  list: [{ call: (store) => store.list('models/') }],
  entries: [{ call: (store) => store.entries('models/') }],
  delete: [{ call: (store) => store.delete(key) }],
};

/** The folder of the SQL files. */
export const sqlFolder = join(import.meta.dirname, '..', 'database', 'postgres', 'sql');

/** Returns the SQL of every method of every repository, by the name of its file. */
export async function recordedSql(): Promise<Readonly<Record<string, string>>> {
  const stored = [{ key, bytes: artifact, version: 'version', updatedAt: at }];
  const artifacts = new DatabaseObjectStore(await recorder(() => stored, []));
  const record = async <Repository>(open: (on: QueriedDatabase) => Repository, samples: Samples<Repository>) => {
    const parts: string[] = [];
    const entries = Object.entries<readonly Sample<Repository>[]>(samples);
    for (const [method, calls] of entries) {
      for (const { when, answers = [], call } of calls) {
        const statements: string[] = [];
        const left = [...answers];
        await call(open(await recorder(() => left.shift() ?? nothing, statements)));
        const title = when === undefined ? method : `${method}, ${when}`;
        parts.push(`-- ${title}\n${statements.map((statement) => `${formatSql(statement)};\n`).join('')}`);
      }
    }
    return `${['-- Made by `node scripts/write-sql.ts`; a test compares the two.\n', ...parts].join('\n')}`;
  };
  return {
    'symbol-repository.sql': await record((on) => new SymbolRepository(on), symbols),
    'quarantine-repository.sql': await record((on) => new QuarantineRepository(on), quarantine),
    'price-factor-repository.sql': await record((on) => new PriceFactorRepository(on), priceFactors),
    'share-count-repository.sql': await record((on) => new ShareCountRepository(on), shareCounts),
    'announcement-repository.sql': await record((on) => new AnnouncementRepository(on), announcements),
    'index-repository.sql': await record((on) => new IndexRepository(on), indices),
    'prediction-repository.sql': await record((on) => new PredictionRepository(on), predictions),
    'in-day-prediction-repository.sql': await record((on) => new InDayPredictionRepository(on), inDayPredictions),
    'judged-close-repository.sql': await record((on) => new JudgedCloseRepository(on), judgedCloses),
    'model-registry.sql': await record((on) => new ModelRegistry({ ...on, objects: artifacts }), models),
    'evaluation-repository.sql': await record(
      (on) => new EvaluationRepository({ ...on, objects: artifacts }),
      evaluations,
    ),
    'report-repository.sql': await record((on) => new ReportRepository({ ...on, objects: artifacts }), reports),
    'notice-repository.sql': await record((on) => new NoticeRepository(on), notices),
    'paper-event-repository.sql': await record((on) => new PaperEventRepository(on), paper),
    'run-repository.sql': await record((on) => new RunRepository(on), runs),
    'schedule-repository.sql': await record((on) => new ScheduleRepository(on), schedules),
    'source-repository.sql': await record((on) => new SourceRepository(on), sources),
    'database-object-store.sql': await record((on) => new DatabaseObjectStore(on), objects),
  };
}

/** A database that notes its statements instead of executing them. */
async function recorder(answer: () => Answer, statements: string[]): Promise<Database> {
  const dialect = await postgresDialect(compilePostgresOptions(nowhere));
  return databaseOn(
    {
      createAdapter: () => dialect.createAdapter(),
      createDriver: () => new RecordingDriver(answer, statements),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => dialect.createQueryCompiler(),
    },
    postgresAdapter,
  );
}

class RecordingDriver implements Driver, DatabaseConnection {
  readonly #answer: () => Answer;
  readonly #statements: string[];

  constructor(answer: () => Answer, statements: string[]) {
    this.#answer = answer;
    this.#statements = statements;
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this;
  }
  async beginTransaction(): Promise<void> {
    this.#statements.push('begin');
  }
  async commitTransaction(): Promise<void> {
    this.#statements.push('commit');
  }
  async rollbackTransaction(): Promise<void> {
    this.#statements.push('rollback');
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}

  async executeQuery<Row>({ sql }: CompiledQuery): Promise<QueryResult<Row>> {
    this.#statements.push(sql);
    return { rows: [...this.#answer()] as Row[], numAffectedRows: 1n };
  }

  streamQuery(): never {
    throw new Error('no repository reads row by row');
  }
}
