// Writes the dashboards into the chart, as Grafana reads them:
// `node scripts/run.mjs infrastructure/monitoring/dashboards/write.ts`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alerts } from './source/alerts.ts';
import { performanceAnalysis } from './source/performance-analysis.ts';
import { realTime } from './source/real-time.ts';
import { sla } from './source/sla.ts';

/** File name and content of each dashboard. */
export const dashboards: Readonly<Record<string, string>> = Object.fromEntries(
  [realTime, performanceAnalysis, alerts, sla].map((dashboard) => [
    `${String(dashboard.uid).replace('day-trade-', '')}.json`,
    `${JSON.stringify(dashboard, null, 2)}\n`,
  ]),
);

if (import.meta.main) {
  const folder = join(import.meta.dirname, '../../helm/day-trade-ml/files/monitoring/grafana/dashboards');
  for (const [name, content] of Object.entries(dashboards)) writeFileSync(join(folder, name), content);
}
