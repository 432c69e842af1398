// Writes the SQL that each method of a repository sends to each database, packages/storage/src/database/*/sql, so that
// a review sees it change: `node scripts/run.mjs scripts/write-sql.ts`. With --check it writes nothing and ends with
// exit code 1 where a file is another.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { databases, recordedSql, sqlFolder } from '../packages/storage/src/testing/recorded-sql.ts';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

for (const [name, database] of Object.entries(databases)) {
  const folder = sqlFolder(name);
  const files = await recordedSql(database);
  if (!check) mkdirSync(folder, { recursive: true });
  for (const file of new Set([...Object.keys(files), ...readdirSync(folder)])) {
    const path = join(folder, file);
    if (check) compare(path, files[file]);
    else if (files[file] === undefined) rmSync(path);
    else writeFileSync(path, files[file]);
  }
}

function compare(path: string, expected: string | undefined): void {
  if (readIfThere(path) === expected) return;
  console.error(`${relative(root, path)} is not what the code says: node scripts/run.mjs scripts/write-sql.ts`);
  process.exitCode = 1;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
