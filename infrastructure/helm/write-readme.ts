/** Brings the table of values in README.md up to date with the schema: `node infrastructure/helm/write-readme.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withValuesTable } from './values-table.ts';

const file = join(import.meta.dirname, 'README.md');
writeFileSync(file, withValuesTable(readFileSync(file, 'utf8')));
console.log('wrote infrastructure/helm/README.md');
