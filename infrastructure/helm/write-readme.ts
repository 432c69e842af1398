/**
 * Brings the tables of README.md up to date, that of values with the schema, that of sizes with what the chart renders:
 * `node scripts/run.mjs infrastructure/helm/write-readme.ts`. Needs `helm` on the PATH.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTable } from './readme-tables.ts';

const file = join(import.meta.dirname, 'README.md');
writeFileSync(file, withTable(withTable(readFileSync(file, 'utf8'), 'values'), 'sizes'));
console.log('wrote infrastructure/helm/README.md');
