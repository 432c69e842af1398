import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { boolean, double, instant, json, text, varchar } from '../columns/column-types.ts';

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
    .execute();
}

async function createQuarantine(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('quarantine')
    .addColumn('id', 'integer', (column) => column.primaryKey().identity())
    .addColumn('symbol', varchar(255), (column) => column.notNull())
    // As written in the source, so it may be no date at all.
    .addColumn('date', text, (column) => column.notNull())
    .addColumn('file', text, (column) => column.notNull())
    .addColumn('line', 'integer', (column) => column.notNull())
    .addColumn('severity', varchar(16), (column) => column.notNull())
    .addColumn('reason', varchar(64), (column) => column.notNull())
    .addColumn('message', text, (column) => column.notNull())
    .addColumn('row', text, (column) => column.notNull())
    .execute();
  // The path of a file may be longer than a key of an index.
  await db.schema.createIndex('quarantineByFile').on('quarantine').columns(['symbol']).execute();
}

async function createPredictions(db: Kysely<unknown>): Promise<void> {
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
    .addPrimaryKeyConstraint('predictionsKey', ['session', 'symbol', 'modelVersion'])
    .execute();
  await db.schema.createIndex('predictionsBySymbol').on('predictions').columns(['symbol', 'session']).execute();
}

async function createModels(db: Kysely<unknown>): Promise<void> {
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
    .addColumn('id', 'integer', (column) => column.primaryKey().identity())
    .addColumn('at', instant, (column) => column.notNull())
    .addColumn('version', varchar(64), (column) => column.notNull().references('models.version'))
    .addColumn('previous', varchar(64), (column) => column.references('models.version'))
    .addColumn('action', varchar(16), (column) => column.notNull())
    .execute();
}

async function createRuns(db: Kysely<unknown>): Promise<void> {
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
    .addColumn('id', varchar(64), (column) => column.primaryKey())
    .addColumn('madeAt', instant, (column) => column.notNull())
    .addColumn('report', json, (column) => column.notNull())
    .addColumn('judgedObject', text, (column) => column.notNull())
    .execute();
}
