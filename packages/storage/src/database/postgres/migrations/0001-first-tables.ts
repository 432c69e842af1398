import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Symbols, quarantine, predictions, models and what was live when, runs, evaluations. */
export const firstTables: Migration = {
  async up(db) {
    await createSymbols(db);
    await createQuarantine(db);
    await createPredictions(db);
    await createModels(db);
    await createRuns(db);
    await createEvaluations(db);
  },
};

async function createSymbols(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('symbols')
    .addColumn('symbol', 'varchar(4)', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('sector', 'text')
    .addColumn('sizeGroup', 'text')
    .addColumn('tickTable', 'varchar(16)', (column) => column.notNull())
    .addColumn('lot', 'integer', (column) => column.notNull())
    .addColumn('priceBasis', 'varchar(16)', (column) => column.notNull())
    .addColumn('synthetic', 'boolean', (column) => column.notNull())
    .addColumn('firstDate', 'date', (column) => column.notNull())
    .addColumn('lastDate', 'date', (column) => column.notNull())
    .addColumn('bars', 'integer', (column) => column.notNull())
    .addColumn('sharesOutstanding', 'double precision')
    .execute();
}

async function createQuarantine(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('quarantine')
    .addColumn('id', 'integer', (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('symbol', 'text', (column) => column.notNull())
    // As written in the source, so it may be no date at all.
    .addColumn('date', 'text', (column) => column.notNull())
    .addColumn('file', 'text', (column) => column.notNull())
    .addColumn('line', 'integer', (column) => column.notNull())
    .addColumn('severity', 'varchar(16)', (column) => column.notNull())
    .addColumn('reason', 'varchar(64)', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('row', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('quarantineByFile').on('quarantine').columns(['file', 'symbol']).execute();
}

async function createPredictions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('predictions')
    .addColumn('session', 'date', (column) => column.notNull())
    .addColumn('symbol', 'varchar(4)', (column) => column.notNull())
    .addColumn('modelVersion', 'varchar(64)', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('lastSession', 'date', (column) => column.notNull())
    .addColumn('lastClose', 'double precision', (column) => column.notNull())
    .addColumn('centre', 'double precision', (column) => column.notNull())
    .addColumn('lower', 'double precision', (column) => column.notNull())
    .addColumn('upper', 'double precision', (column) => column.notNull())
    .addColumn('coverage', 'double precision', (column) => column.notNull())
    .addColumn('probabilityUp', 'double precision', (column) => column.notNull())
    .addColumn('intervalMethod', 'text', (column) => column.notNull())
    .addColumn('madeAt', 'timestamptz', (column) => column.notNull())
    .addColumn('synthetic', 'boolean', (column) => column.notNull())
    .addPrimaryKeyConstraint('predictionsKey', ['session', 'symbol', 'modelVersion'])
    .execute();
  await db.schema.createIndex('predictionsBySymbol').on('predictions').columns(['symbol', 'session']).execute();
}

async function createModels(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('models')
    .addColumn('version', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('createdAt', 'timestamptz', (column) => column.notNull())
    .addColumn('synthetic', 'boolean', (column) => column.notNull())
    .addColumn('seed', 'double precision', (column) => column.notNull())
    .addColumn('trainedFrom', 'date', (column) => column.notNull())
    .addColumn('trainedTo', 'date', (column) => column.notNull())
    .addColumn('symbols', 'integer', (column) => column.notNull())
    .addColumn('rows', 'integer', (column) => column.notNull())
    .addColumn('features', 'integer', (column) => column.notNull())
    .addColumn('dataHash', 'varchar(64)', (column) => column.notNull())
    .addColumn('artifactHash', 'varchar(64)', (column) => column.notNull())
    .addColumn('artifactBytes', 'integer', (column) => column.notNull())
    .addColumn('trainingSeconds', 'double precision', (column) => column.notNull())
    .addColumn('members', 'json', (column) => column.notNull())
    .addColumn('coverage', 'double precision')
    .addColumn('meanWidthBp', 'double precision')
    .addColumn('winklerBp', 'double precision')
    .addColumn('hitRate', 'double precision')
    .execute();
  await db.schema
    .createTable('activations')
    .addColumn('id', 'integer', (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('version', 'varchar(64)', (column) => column.notNull().references('models.version'))
    .addColumn('previous', 'varchar(64)', (column) => column.references('models.version'))
    .addColumn('action', 'varchar(16)', (column) => column.notNull())
    .execute();
}

async function createRuns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('runs')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('job', 'varchar(64)', (column) => column.notNull())
    .addColumn('key', 'varchar(256)', (column) => column.notNull())
    .addColumn('trigger', 'varchar(16)', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('maxAttempts', 'integer', (column) => column.notNull())
    .addColumn('payload', 'json', (column) => column.notNull())
    .addColumn('progress', 'json')
    .addColumn('result', 'json')
    .addColumn('error', 'json')
    .addColumn('scheduledFor', 'timestamptz')
    .addColumn('queuedAt', 'timestamptz', (column) => column.notNull())
    .addColumn('startedAt', 'timestamptz')
    .addColumn('finishedAt', 'timestamptz')
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
}

async function createEvaluations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('evaluations')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('madeAt', 'timestamptz', (column) => column.notNull())
    .addColumn('report', 'json', (column) => column.notNull())
    .addColumn('judgedObject', 'text', (column) => column.notNull())
    .execute();
}
