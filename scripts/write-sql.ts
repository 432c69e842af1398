// Writes the SQL that each method of a repository sends to PostgreSQL, so that a review sees it change: `node
// scripts/run.mjs scripts/write-sql.ts`. With --check it writes nothing; exit code 1 means that a file differs.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { recordedSql, sqlFolder } from '../packages/storage/src/testing/recorded-sql.ts';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

const files = await recordedSql();
for (const file of new Set([...Object.keys(files), ...readdirSync(sqlFolder)])) {
  const path = join(sqlFolder, file);
  if (check) compare(path, files[file]);
  else if (files[file] === undefined) rmSync(path);
  else writeFileSync(path, files[file]);
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
