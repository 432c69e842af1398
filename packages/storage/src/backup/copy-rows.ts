import { DayTradeError } from '@daytrade/errors';
import type { QueriedDatabase, RowCopies } from '../database/database-adapter.ts';
import type { BackupTable } from './manifest.ts';
import { RowSum } from './row-sum.ts';

/** Characters of JSON in a piece of rows, about. */
const pieceCharacters = 2 * 1024 * 1024;

/**
 * How the rows of a database are copied.
 * @throws DayTradeError `dependency.refused` for one whose rows are not
 */
export function rowCopiesOf({ adapter }: QueriedDatabase): RowCopies {
  if (adapter.rowCopies !== undefined) return adapter.rowCopies;
  throw new DayTradeError(
    'dependency.refused',
    'backups are made of PostgreSQL and of the embedded database alone: use those of your SQL Server, which Azure ' +
      'SQL makes by itself',
  );
}

/**
 * Reads all tables as they are at one moment.
 *
 * @param piece is given some rows, a JSON array; gives the name under which they are kept
 */
export async function readRows(
  database: QueriedDatabase,
  piece: (rows: string) => Promise<string>,
): Promise<readonly BackupTable[]> {
  const copies = rowCopiesOf(database);
  return await copies.snapshot(database.db, async (transaction) => {
    const tables: BackupTable[] = [];
    for (const table of await copies.tables(transaction)) {
      const sum = new RowSum();
      const pieces: string[] = [];
      for await (const rows of inPieces(copies.read(transaction, table))) {
        for (const row of rows) sum.add(row);
        pieces.push(await piece(`[${rows.join(',')}]`));
      }
      tables.push({ ...table, rows: sum.rows, checksum: sum.checksum, pieces });
    }
    return tables;
  });
}

/** Puts rows into empty tables, in one transaction. @param piece reads a piece of rows */
export async function writeRows(
  database: QueriedDatabase,
  tables: readonly BackupTable[],
  piece: (name: string) => Promise<Buffer>,
): Promise<void> {
  const copies = rowCopiesOf(database);
  await database.db.transaction().execute(async (transaction) => {
    for (const table of tables) {
      for (const name of table.pieces) await copies.insert(transaction, table, (await piece(name)).toString());
      await copies.continueNumbers(transaction, table);
    }
  });
}

/** @throws DayTradeError `backup.damaged` where a table does not hold the rows that it held when it was backed up */
export async function verifyRows(database: QueriedDatabase, expected: readonly BackupTable[]): Promise<void> {
  const found = new Map((await readRows(database, async () => '')).map((table) => [table.name, table]));
  for (const { name, rows, checksum } of expected) {
    const table = found.get(name);
    if (table?.rows === rows && table.checksum === checksum) continue;
    const what = table?.rows === rows ? 'other rows' : `${table?.rows ?? 0} rows in the place of ${rows}`;
    throw new DayTradeError('backup.damaged', `the table ${name} has ${what} after the restore`);
  }
}

/** Joins rows until they make a piece. */
async function* inPieces(source: AsyncIterable<readonly string[]>): AsyncGenerator<readonly string[], void, void> {
  let rows: string[] = [];
  let characters = 0;
  for await (const some of source) {
    for (const row of some) {
      rows.push(row);
      characters += row.length;
      if (characters < pieceCharacters) continue;
      yield rows;
      rows = [];
      characters = 0;
    }
  }
  if (rows.length > 0) yield rows;
}
