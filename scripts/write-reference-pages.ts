// Writes the files of docs/ and the chart that follow from the code:
// `node scripts/run.mjs scripts/write-reference-pages.ts`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePages } from './reference-pages.ts';

for (const [file, text] of Object.entries(referencePages())) {
  writeFileSync(join(import.meta.dirname, '..', file), text);
}
