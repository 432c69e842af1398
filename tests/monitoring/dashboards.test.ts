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

  it.each(files.map((file) => [file.name, file] as const))(
    '%s: each panel has a title of its own and does not lie on another',
    (_, { text }) => {
      const { panels } = JSON.parse(text) as { panels: { title: string; gridPos: Position }[] };
      expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
      const places = panels.map(({ gridPos }) => gridPos);
      for (const [index, one] of places.entries()) {
        expect(one.x + one.w).toBeLessThanOrEqual(24);
        expect(places.slice(index + 1).filter((other) => overlap(one, other))).toEqual([]);
      }
    },
  );

  it.skipIf(!promtoolIsThere())('ask only what Prometheus can parse', () => {
    const rules = files.flatMap(({ name, queries }) =>
      queries.map(({ expression }, index) => ({ record: `${name.replaceAll(/\W/g, '_')}:${index}`, expr: expression })),
    );
    expect(rules.length).toBeGreaterThan(30);
    const path = scratchFile('dashboards.yaml', stringify({ groups: [{ name: 'dashboards', rules }] }));
    expect(promtool('check', 'rules', path).output).toContain('SUCCESS');
  });
});

interface Position {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

function overlap(one: Position, other: Position): boolean {
  return one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
}
