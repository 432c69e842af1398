/**
 * Writes base/ from the chart: `node scripts/run.mjs infrastructure/kubernetes/write-manifests.ts`. Needs `helm` on the
 * PATH.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allManifests } from './chart-manifests.ts';

for (const [path, text] of allManifests()) {
  const file = join(import.meta.dirname, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`wrote infrastructure/kubernetes/${path}`);
}
