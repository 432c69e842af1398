/**
 * Copies rules and dashboards into the chart, since Helm reads no file outside of it:
 * `node infrastructure/helm/copy-monitoring.ts` after a change in infrastructure/monitoring.
 */
import { cpSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const source = join(import.meta.dirname, '..', 'monitoring');
const target = join(import.meta.dirname, 'day-trade-ml', 'files', 'monitoring');

rmSync(target, { recursive: true, force: true });
for (const file of globSync('{rules/*.yaml,dashboards/*.json}', { cwd: source }).sort()) {
  cpSync(join(source, file), join(target, file));
  console.log(`copied infrastructure/monitoring/${file}`);
}
