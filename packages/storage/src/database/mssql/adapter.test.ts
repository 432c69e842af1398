import { type CompiledQuery, DummyDriver, MssqlAdapter, MssqlIntrospector, MssqlQueryCompiler } from 'kysely';
import { describe, expect, it } from 'vitest';
import { samplePrediction, sampleSymbol } from '../../testing/sample-records.ts';
import { databaseOn } from '../database.ts';
import { mssqlAdapter } from './adapter.ts';

/** A database that executes nothing, and the statements that it was asked for. */
function recorded() {
  const queries: CompiledQuery[] = [];
  const connection = {
    executeQuery: async (query: CompiledQuery) => {
      queries.push(query);
      return { rows: [], numAffectedRows: 0n };
    },
    streamQuery: () => {
      throw new TypeError('no rows one by one');
    },
  };
  const database = databaseOn(
    {
      createAdapter: () => new MssqlAdapter(),
      createDriver: () => Object.assign(new DummyDriver(), { acquireConnection: async () => connection }),
      createIntrospector: (db) => new MssqlIntrospector(db),
      createQueryCompiler: () => new MssqlQueryCompiler(),
    },
    mssqlAdapter,
  );
  return { database, queries };
}

describe('the forms of SQL Server', () => {
  it('a merge counts as a write to its table alone', async () => {
    const { database } = recorded();
    const counts = () => (['symbols', 'predictions'] as const).map((table) => database.writes.version([table]));
    await mssqlAdapter.upsert(database.db, 'symbols', [sampleSymbol()], ['symbol']);
    expect(counts()).toEqual([1, 0]);
    await mssqlAdapter.insertMissing(database.db, 'predictions', [samplePrediction()], ['session', 'symbol']);
    expect(counts()).toEqual([1, 1]);
  });

  it('a row is sent once, whether it is new or in the place of another', async () => {
    const { database, queries } = recorded();
    const row = { key: 'a', bytes: new Uint8Array(8), version: 'b', updatedAt: '2026-11-29T00:00:00Z' };
    await mssqlAdapter.upsert(database.db, 'objects', [row], ['key']);
    expect(queries.map(({ parameters }) => parameters)).toEqual([Object.values(row)]);
  });

  it('a list is one parameter, and a pattern takes a text as it stands', async () => {
    const { database, queries } = recorded();
    const symbols = Array.from({ length: 4_000 }, (_, index) => String(index));
    const all = database.db.selectFrom('symbols').selectAll();
    await all.where(mssqlAdapter.isOneOf('symbol', symbols)).execute();
    await all.where(mssqlAdapter.startsWith('symbol', '50%_[a]\\')).execute();
    expect(queries.map(({ parameters }) => parameters)).toEqual([[JSON.stringify(symbols)], ['50\\%\\_\\[a]\\\\%']]);
  });

  it('knows a database without room', () => {
    expect([1105, 9002, 40544, 2627].map((number) => mssqlAdapter.isDiskFull({ number }))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(mssqlAdapter.isDiskFull(undefined)).toBe(false);
  });
});
