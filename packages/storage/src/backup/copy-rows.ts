import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { DayTradeError } from '@daytrade/errors';
import type { QueriedDatabase, RowCopies } from '../database/database-adapter.ts';
import { type BackupManifest, type BackupTable, damaged } from './backup-place.ts';

/** Characters of JSON in one file of rows, roughly. */
const fileCharacters = 8 * 1024 * 1024;
const modulus = 1n << 256n;

/**
 * Returns the way in which the rows of a database are copied.
 * @throws DayTradeError `dependency.refused` for a database without one
 */
export function rowCopiesOf({ adapter }: QueriedDatabase): RowCopies {
  if (adapter.rowCopies !== undefined) return adapter.rowCopies;
  throw new DayTradeError(
    'dependency.refused',
    'backups support PostgreSQL and the embedded database only: use the backups of your SQL Server, which Azure SQL ' +
      'makes by itself',
  );
}

/**
 * Reads all tables in one snapshot.
 * @param onFile receives the files of rows: one JSON object a line, compressed
 */
export async function readRows(
  database: QueriedDatabase,
  onFile: (path: string, content: Uint8Array) => void,
): Promise<{ readonly tables: readonly BackupTable[]; readonly bytes: number }> {
  let bytes = 0;
  const compressed = async (path: string, rows: readonly string[]) => {
    const text = Buffer.from(`${rows.join('\n')}\n`);
    bytes += text.length;
    onFile(path, await promisify(zstdCompress)(text));
  };
  const tables = await readTables(database, async (name, index, rows) => {
    await compressed(`tables/${name}/${String(index + 1).padStart(6, '0')}.jsonl.zst`, rows);
  });
  return { tables, bytes };
}

async function readTables(
  database: QueriedDatabase,
  onRows: (table: string, index: number, rows: readonly string[]) => Promise<void>,
): Promise<readonly BackupTable[]> {
  const copies = rowCopiesOf(database);
  return await copies.snapshot(database.db, async (transaction) => {
    const tables: BackupTable[] = [];
    for (const table of await copies.tables(transaction)) {
      let [rows, sum, files] = [0, 0n, 0];
      for await (const batch of batched(copies.read(transaction, table))) {
        for (const row of batch) sum = (sum + BigInt(`0x${hash('sha256', row)}`)) % modulus;
        rows += batch.length;
        await onRows(table.name, files, batch);
        files += 1;
      }
      tables.push({ ...table, rows, checksum: sum.toString(16).padStart(64, '0') });
    }
    return tables;
  });
}

/**
 * Writes rows into empty tables in one transaction, and compares them with the checksums afterwards.
 *
 * @param read returns a file of the backup
 * @throws DayTradeError `backup.damaged`
 */
export async function restoreRows(
  database: QueriedDatabase,
  tables: readonly BackupTable[],
  manifest: BackupManifest,
  read: (path: string) => Promise<Uint8Array>,
): Promise<void> {
  const copies = rowCopiesOf(database);
  await database.db.transaction().execute(async (transaction) => {
    for (const table of tables) {
      const paths = [...manifest.keys()].filter((path) => path.startsWith(`tables/${table.name}/`)).sort();
      for (const path of paths) {
        const lines = (await promisify(zstdDecompress)(await read(path))).toString().trimEnd().split('\n');
        await copies.insert(transaction, table, `[${lines.join(',')}]`);
      }
      await copies.continueNumbers(transaction, table);
    }
  });
  const found = new Map((await readTables(database, async () => undefined)).map((table) => [table.name, table]));
  for (const { name, rows, checksum } of tables) {
    const table = found.get(name);
    if (table?.rows === rows && table.checksum === checksum) continue;
    const what = table?.rows === rows ? 'other rows' : `${table?.rows ?? 0} rows instead of ${rows}`;
    throw damaged(`the table ${name} has ${what} after the restore`);
  }
}

async function* batched(source: AsyncIterable<readonly string[]>): AsyncGenerator<readonly string[], void, void> {
  let rows: string[] = [];
  let characters = 0;
  for await (const some of source) {
    for (const row of some) {
      rows.push(row);
      characters += row.length;
      if (characters < fileCharacters) continue;
      yield rows;
      rows = [];
      characters = 0;
    }
  }
  if (rows.length > 0) yield rows;
}
