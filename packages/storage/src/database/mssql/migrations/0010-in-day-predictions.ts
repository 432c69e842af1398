import type { Migration } from 'kysely/migration';
import { boolean, double, instant, text, varchar } from '../columns/column-types.ts';

/** Forecasts of a session's close that are made while it goes on: one for each time of the day and model. */
export const inDayPredictions: Migration = {
  async up(db) {
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
  },
};
