import { type ColumnDefinitionBuilder, type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

type DataType = Parameters<CreateTableBuilder<string>['addColumn']>[1];

/** A database's types of columns. */
export interface ColumnTypes {
  /** Text of any length. */
  readonly text: DataType;
  /** Text of any length that an index may hold. */
  readonly indexedText: DataType;
  /** Text of at most this many characters. */
  readonly varchar: (most: number) => DataType;
  /** ASCII text of at most this many characters, in byte order. */
  readonly ascii: (most: number) => DataType;
  readonly bytes: DataType;
  readonly json: DataType;
  readonly boolean: DataType;
  /** The literal of `false`. */
  readonly no: false | 0;
  /** A floating-point number of 64 bits. */
  readonly double: DataType;
  /** An instant, at least to the millisecond. */
  readonly instant: DataType;
  /** Lets the database number the rows. */
  readonly numbered: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
}

/**
 * All tables of the first version, in the types of one database.
 *
 * @param addOwn adds what only this database needs
 */
export function firstSchema(types: ColumnTypes, addOwn: (db: Kysely<unknown>) => Promise<void>): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await createMarketTables(db, types);
      await createQuarantine(db, types);
      await createModels(db, types);
      await createPredictions(db, types);
      await createRuns(db, types);
      await createResults(db, types);
      await createObjects(db, types);
      await addOwn(db);
    },
  };
}

/** Symbols, and dated facts about them and about markets. */
async function createMarketTables(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { text, varchar, boolean, double, instant } = types;
  await db.schema
    .createTable('symbols')
    .addColumn('symbol', varchar(4), (column) => column.primaryKey())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('sector', text)
    .addColumn('sizeGroup', text)
    .addColumn('tickTable', varchar(16), (column) => column.notNull())
    .addColumn('lot', 'integer', (column) => column.notNull())
    .addColumn('priceBasis', varchar(16), (column) => column.notNull())
    .addColumn('synthetic', boolean, (column) => column.notNull())
    .addColumn('firstDate', 'date', (column) => column.notNull())
    .addColumn('lastDate', 'date', (column) => column.notNull())
    .addColumn('bars', 'integer', (column) => column.notNull())
    .addColumn('sharesOutstanding', double)
    .addColumn('askedTo', 'date')
    .execute();
  await db.schema
    .createTable('priceFactors')
    .addColumn('symbol', varchar(4), (column) => column.notNull())
    .addColumn('date', 'date', (column) => column.notNull())
    .addColumn('kind', varchar(16), (column) => column.notNull())
    .addColumn('knownOn', 'date', (column) => column.notNull())
    .addColumn('value', double, (column) => column.notNull())
    .addColumn('source', varchar(64), (column) => column.notNull())
    .addPrimaryKeyConstraint('priceFactorsKey', ['symbol', 'date', 'kind', 'knownOn'])
    .execute();
  await db.schema
    .createTable('shareCounts')
    .addColumn('symbol', varchar(4), (column) => column.notNull())
    .addColumn('date', 'date', (column) => column.notNull())
    .addColumn('periodEnd', 'date', (column) => column.notNull())
    .addColumn('shares', double, (column) => column.notNull())
    .addColumn('source', varchar(64), (column) => column.notNull())
    .addPrimaryKeyConstraint('shareCountsKey', ['symbol', 'date'])
    .execute();
  await db.schema
    .createTable('announcements')
    .addColumn('symbol', varchar(4), (column) => column.notNull())
    .addColumn('date', 'date', (column) => column.notNull())
    .addColumn('kind', varchar(8), (column) => column.notNull())
    .addColumn('time', varchar(5))
    .addColumn('source', varchar(64), (column) => column.notNull())
    .addColumn('knownSince', instant)
    .addColumn('knownUntil', instant)
    .addPrimaryKeyConstraint('announcementsKey', ['symbol', 'date', 'kind'])
    .execute();
  await db.schema
    .createTable('indexValues')
    .addColumn('name', varchar(16), (column) => column.notNull())
    .addColumn('synthetic', boolean, (column) => column.notNull())
    .addColumn('date', 'date', (column) => column.notNull())
    .addColumn('value', double, (column) => column.notNull())
    .addColumn('source', varchar(64), (column) => column.notNull())
    .addColumn('fetchedAt', instant, (column) => column.notNull())
    .addPrimaryKeyConstraint('indexValuesKey', ['name', 'synthetic', 'date'])
    .execute();
}

async function createQuarantine(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { text, indexedText, varchar, numbered } = types;
  await db.schema
    .createTable('quarantine')
    .addColumn('id', 'integer', (column) => numbered(column.primaryKey()))
    .addColumn('symbol', indexedText, (column) => column.notNull())
    // Text as written in the source, which may be no date.
    .addColumn('date', text, (column) => column.notNull())
    .addColumn('file', text, (column) => column.notNull())
    .addColumn('line', 'integer', (column) => column.notNull())
    .addColumn('severity', varchar(16), (column) => column.notNull())
    .addColumn('reason', varchar(64), (column) => column.notNull())
    .addColumn('message', text, (column) => column.notNull())
    .addColumn('row', text, (column) => column.notNull())
    .addColumn('unlisted', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}

async function createModels(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { varchar, json, boolean, double, instant, numbered } = types;
  await db.schema
    .createTable('models')
    .addColumn('version', varchar(64), (column) => column.primaryKey())
    .addColumn('createdAt', instant, (column) => column.notNull())
    .addColumn('synthetic', boolean, (column) => column.notNull())
    .addColumn('seed', double, (column) => column.notNull())
    .addColumn('trainedFrom', 'date', (column) => column.notNull())
    .addColumn('trainedTo', 'date', (column) => column.notNull())
    .addColumn('symbols', 'integer', (column) => column.notNull())
    .addColumn('rows', 'integer', (column) => column.notNull())
    .addColumn('features', 'integer', (column) => column.notNull())
    .addColumn('dataHash', varchar(64), (column) => column.notNull())
    .addColumn('artifactHash', varchar(64), (column) => column.notNull())
    .addColumn('artifactBytes', 'integer', (column) => column.notNull())
    .addColumn('trainingSeconds', double, (column) => column.notNull())
    .addColumn('members', json, (column) => column.notNull())
    .addColumn('coverage', double)
    .addColumn('meanWidthBp', double)
    .addColumn('winklerBp', double)
    .addColumn('hitRate', double)
    .execute();
  await db.schema
    .createTable('activations')
    .addColumn('id', 'integer', (column) => numbered(column.primaryKey()))
    .addColumn('at', instant, (column) => column.notNull())
    .addColumn('version', varchar(64), (column) => column.notNull().references('models.version'))
    .addColumn('previous', varchar(64), (column) => column.references('models.version'))
    .addColumn('action', varchar(16), (column) => column.notNull())
    .addColumn('by', varchar(200))
    .execute();
}

/** Published intervals, of the evening and within the day, and the closes that judged them. */
async function createPredictions(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { text, varchar, boolean, double, instant } = types;
  await db.schema
    .createTable('predictions')
    .addColumn('session', 'date', (column) => column.notNull())
    .addColumn('symbol', varchar(4), (column) => column.notNull())
    .addColumn('modelVersion', varchar(64), (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('lastSession', 'date', (column) => column.notNull())
    .addColumn('lastClose', double, (column) => column.notNull())
    .addColumn('centre', double, (column) => column.notNull())
    .addColumn('lower', double, (column) => column.notNull())
    .addColumn('upper', double, (column) => column.notNull())
    .addColumn('coverage', double, (column) => column.notNull())
    .addColumn('probabilityUp', double, (column) => column.notNull())
    .addColumn('intervalMethod', text, (column) => column.notNull())
    .addColumn('madeAt', instant, (column) => column.notNull())
    .addColumn('synthetic', boolean, (column) => column.notNull())
    .addColumn('priceBasis', varchar(16))
    .addColumn('expectedDividend', double)
    .addPrimaryKeyConstraint('predictionsKey', ['session', 'symbol', 'modelVersion'])
    .execute();
  await db.schema.createIndex('predictionsBySymbol').on('predictions').columns(['symbol', 'session']).execute();
  await db.schema
    .createTable('inDayPredictions')
    .addColumn('session', 'date', (column) => column.notNull())
    .addColumn('symbol', varchar(4), (column) => column.notNull())
    .addColumn('horizon', varchar(16), (column) => column.notNull())
    .addColumn('modelVersion', varchar(64), (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('knownAt', instant, (column) => column.notNull())
    .addColumn('price', double, (column) => column.notNull())
    .addColumn('previousSession', 'date', (column) => column.notNull())
    .addColumn('previousClose', double, (column) => column.notNull())
    .addColumn('centre', double, (column) => column.notNull())
    .addColumn('lower', double, (column) => column.notNull())
    .addColumn('upper', double, (column) => column.notNull())
    .addColumn('coverage', double, (column) => column.notNull())
    .addColumn('priceBasis', varchar(16), (column) => column.notNull())
    .addColumn('intervalMethod', text, (column) => column.notNull())
    .addColumn('madeAt', instant, (column) => column.notNull())
    .addColumn('synthetic', boolean, (column) => column.notNull())
    .addPrimaryKeyConstraint('inDayPredictionsKey', ['session', 'horizon', 'symbol', 'modelVersion'])
    .execute();
  await createJudgedCloses(db, types);
}

async function createJudgedCloses(db: Kysely<unknown>, { varchar, double, instant }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('judgedCloses')
    .addColumn('session', 'date', (column) => column.notNull())
    .addColumn('symbol', varchar(4), (column) => column.notNull())
    .addColumn('lastSession', 'date', (column) => column.notNull())
    .addColumn('close', double, (column) => column.notNull())
    .addColumn('lastClose', double)
    .addColumn('judgedAt', instant, (column) => column.notNull())
    .addPrimaryKeyConstraint('judgedClosesKey', ['session', 'symbol', 'lastSession'])
    .execute();
}

/** The run ledger, the keys that only one run may have, and the state of each job's schedule. */
async function createRuns(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { text, varchar, json, boolean, no, instant } = types;
  await db.schema
    .createTable('runs')
    .addColumn('id', varchar(64), (column) => column.primaryKey())
    .addColumn('job', varchar(64), (column) => column.notNull())
    .addColumn('key', varchar(256), (column) => column.notNull())
    .addColumn('trigger', varchar(16), (column) => column.notNull())
    .addColumn('status', varchar(16), (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('maxAttempts', 'integer', (column) => column.notNull())
    .addColumn('payload', json, (column) => column.notNull())
    .addColumn('progress', json)
    .addColumn('result', json)
    .addColumn('error', json)
    .addColumn('scheduledFor', instant)
    .addColumn('queuedAt', instant, (column) => column.notNull())
    .addColumn('startedAt', instant)
    .addColumn('finishedAt', instant)
    .addColumn('requestId', varchar(128))
    .addColumn('replayOf', varchar(64))
    .addColumn('missed', 'integer')
    .addColumn('dependencies', json)
    .execute();
  await db.schema.createIndex('runsByJob').on('runs').columns(['job', 'queuedAt']).execute();
  await db.schema
    .createIndex('runsUnfinished')
    .unique()
    .on('runs')
    .columns(['job', 'key'])
    .where(sql.ref('status'), 'in', [sql.lit('queued'), sql.lit('running')])
    .execute();
  await db.schema
    .createIndex('runsScheduled')
    .unique()
    .on('runs')
    .columns(['job', 'key'])
    .where(sql.ref('trigger'), 'in', [sql.lit('schedule'), sql.lit('misfire')])
    .execute();
  await db.schema
    .createTable('runKeys')
    .addColumn('job', varchar(64), (column) => column.notNull())
    .addColumn('key', varchar(256), (column) => column.notNull())
    .addColumn('run', varchar(64), (column) => column.notNull())
    .addPrimaryKeyConstraint('runKeysKey', ['job', 'key'])
    .execute();
  await db.schema.createIndex('runKeysByRun').on('runKeys').columns(['run']).execute();
  await db.schema
    .createTable('schedules')
    .addColumn('job', varchar(64), (column) => column.primaryKey())
    .addColumn('servedUntil', instant)
    .addColumn('paused', boolean, (column) => column.notNull().defaultTo(no))
    .addColumn('changedAt', instant)
    .addColumn('changedBy', varchar(200))
    .addColumn('reason', text)
    .execute();
}

/** Evaluations, daily reports, notices and the log of paper books. */
async function createResults(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { text, varchar, json, boolean, instant } = types;
  await db.schema
    .createTable('evaluations')
    .addColumn('id', varchar(64), (column) => column.primaryKey())
    .addColumn('madeAt', instant, (column) => column.notNull())
    .addColumn('report', json, (column) => column.notNull())
    .addColumn('judgedObject', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('reports')
    .addColumn('session', 'date', (column) => column.notNull())
    .addColumn('synthetic', boolean, (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('madeAt', instant, (column) => column.notNull())
    // SHA-256 of the predictions with their closes; another hash makes another revision.
    .addColumn('outcomeHash', varchar(64), (column) => column.notNull())
    .addColumn('object', text, (column) => column.notNull())
    .addColumn('published', 'integer', (column) => column.notNull())
    .addColumn('judged', 'integer', (column) => column.notNull())
    .addColumn('inside', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('reportsKey', ['session', 'synthetic', 'revision'])
    .execute();
  await db.schema
    .createTable('notices')
    .addColumn('kind', varchar(32), (column) => column.notNull())
    .addColumn('subject', varchar(128), (column) => column.notNull())
    .addColumn('channel', varchar(16), (column) => column.notNull())
    .addColumn('notice', json, (column) => column.notNull())
    .addColumn('madeAt', instant, (column) => column.notNull())
    .addColumn('status', varchar(16), (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('nextAttemptAt', instant, (column) => column.notNull())
    .addColumn('sentAt', instant)
    .addColumn('error', text)
    .addPrimaryKeyConstraint('noticesKey', ['kind', 'subject', 'channel'])
    .execute();
  await db.schema
    .createTable('paperEvents')
    .addColumn('book', varchar(64), (column) => column.notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('key', varchar(200), (column) => column.notNull())
    .addColumn('session', 'date')
    .addColumn('order', varchar(160))
    .addColumn('kind', varchar(16), (column) => column.notNull())
    .addColumn('body', json, (column) => column.notNull())
    .addColumn('at', instant, (column) => column.notNull())
    .addColumn('by', varchar(200), (column) => column.notNull())
    .addPrimaryKeyConstraint('paper_events_primary_key', ['book', 'sequence'])
    .addUniqueConstraint('paper_events_once', ['book', 'key'])
    .execute();
}

/** Objects as rows, for an installation without a shared folder or a bucket. */
async function createObjects(db: Kysely<unknown>, { ascii, varchar, bytes, instant }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('objects')
    .addColumn('key', ascii(500), (column) => column.primaryKey())
    .addColumn('bytes', bytes, (column) => column.notNull())
    .addColumn('version', varchar(64), (column) => column.notNull())
    .addColumn('updatedAt', instant, (column) => column.notNull())
    .execute();
}

/** The migration that every database before the first schema has. */
const oldestEarlierMigration = '0016-asked-days';

/** Returns true for the names of migrations from before the first schema was one. */
export function isEarlier(names: readonly string[]): boolean {
  return names.includes(oldestEarlierMigration);
}

/** The last migrations before the first schema, which a database may lack, by name. */
export function earlierMigrations(types: ColumnTypes): Readonly<Record<string, Migration>> {
  const { varchar, instant } = types;
  return {
    '0017-judged-closes': { up: async (db) => createJudgedCloses(db, types) },
    '0018-unlisted-rows': {
      up: async (db) => {
        const unlisted = db.schema.alterTable('quarantine');
        await unlisted.addColumn('unlisted', 'integer', (column) => column.notNull().defaultTo(0)).execute();
      },
    },
    '0019-activated-by': {
      up: async (db) => await db.schema.alterTable('activations').addColumn('by', varchar(200)).execute(),
    },
    '0020-known-announcements': {
      up: async (db) => {
        await db.schema.alterTable('announcements').addColumn('knownSince', instant).execute();
        await db.schema.alterTable('announcements').addColumn('knownUntil', instant).execute();
      },
    },
  };
}
