import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { promtool, promtoolIsThere, scratchFile } from '../support/promtool.ts';
import { readDashboards } from './monitoring-files.ts';

const files = readDashboards();

describe('the dashboards', () => {
  it('are the four of the specification', () => {
    expect(files.map(({ name }) => name)).toEqual([
      'alerts.json',
      'performance-analysis.json',
      'real-time.json',
      'sla.json',
    ]);
  });

  it.skipIf(!promtoolIsThere())('ask only what Prometheus can parse', () => {
    const rules = files.flatMap(({ name, queries }) =>
      queries.map(({ expression }, index) => ({ record: `${name.replaceAll(/\W/g, '_')}:${index}`, expr: expression })),
    );
    expect(rules.length).toBeGreaterThan(30);
    const path = scratchFile('dashboards.yaml', stringify({ groups: [{ name: 'dashboards', rules }] }));
    expect(promtool('check', 'rules', path).output).toContain('SUCCESS');
  });
});
