/**
 * Brings the tables in a root's README.md up to date:
 * `node scripts/run.mjs infrastructure/terraform/write-readme.ts aws`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTables } from './readme-tables.ts';

const root = process.argv[2];
if (root === undefined)
  throw new Error('which root? Such as: node scripts/run.mjs infrastructure/terraform/write-readme.ts aws');
const file = join(import.meta.dirname, root, 'README.md');
writeFileSync(file, withTables(readFileSync(file, 'utf8'), root));
console.log(`wrote infrastructure/terraform/${root}/README.md`);
