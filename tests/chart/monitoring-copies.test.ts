import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chart, root } from './programs.ts';

/** Text of each rule file and dashboard below a folder. */
function monitoringFiles(folder: string): Record<string, string> {
  const files = globSync('{rules/*.yaml,dashboards/*.json}', { cwd: folder }).sort();
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

it('the chart carries the rules and dashboards of infrastructure/monitoring, as copy-monitoring.ts copies them', () => {
  const source = monitoringFiles(join(root, 'infrastructure', 'monitoring'));
  expect(Object.keys(source)).toHaveLength(7);
  expect(monitoringFiles(join(chart, 'files', 'monitoring'))).toEqual(source);
});
