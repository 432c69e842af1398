import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { promtool, promtoolIsThere, rulesFolder, scratchFile } from '../support/promtool.ts';
import { type AlertCase, alertCases, type Series } from './alert-cases.ts';
import { readRules } from './monitoring-files.ts';

const root = join(import.meta.dirname, '..', '..');
const rules = readRules();
const alerts = rules.filter((rule) => rule.alert !== undefined);

describe('every alert', () => {
  it('has a case in which it fires and one in which it is silent', () => {
    expect(Object.keys(alertCases).sort()).toEqual(alerts.map((rule) => rule.alert ?? '').sort());
  });

  it.each(alerts.map((rule) => [rule.alert, rule] as const))('%s names its severity and its runbook', (_, rule) => {
    expect(rule.alert === 'Watchdog' ? ['none'] : ['page', 'ticket']).toContain(rule.labels?.severity);
    expect(existsSync(join(root, rule.annotations?.runbook ?? 'none'))).toBe(true);
  });
});

it('every runbook belongs to an alert', () => {
  const named = new Set(alerts.map((rule) => rule.annotations?.runbook));
  const pages = globSync('docs/runbooks/*.md', { cwd: root }).filter((page) => !page.endsWith('README.md'));
  expect(pages.filter((page) => !named.has(page))).toEqual([]);
});

describe.skipIf(!promtoolIsThere())('with promtool', () => {
  it('the rules are valid', () => {
    const { status, output } = promtool('check', 'rules', ...globSync(`${rulesFolder}/*.yaml`));
    expect(output).not.toContain('FAILED');
    expect(status).toBe(0);
  });

  it.each(Object.entries(alertCases))('%s fires, and stays silent', (name, alertCase) => {
    const { status, output } = promtool('test', 'rules', scratchFile(`${name}.yaml`, ruleTest(name, alertCase)));
    expect(output).toContain('SUCCESS');
    expect(status).toBe(0);
  });
});

/**
 * All rules as one group, recording rules first: promtool takes groups in an order of its own, and a group's rules as
 * they stand.
 */
function rulesInOrder(): string {
  const ordered = [...rules.filter(({ record }) => record !== undefined), ...alerts];
  return scratchFile('rules.yaml', stringify({ groups: [{ name: 'all', rules: ordered }] }));
}

/** A file for `promtool test rules` with both cases of one alert. */
function ruleTest(alert: string, { at, every = '1m', sampled = '1m', fires, silent }: AlertCase): string {
  const query = `group by (alertname) (ALERTS{alertname="${alert}", alertstate="firing"})`;
  const test = (series: Series, samples: readonly object[]) => ({
    interval: sampled,
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [{ expr: query, eval_time: at, exp_samples: samples }],
  });
  return stringify({
    rule_files: [rulesInOrder()],
    evaluation_interval: every,
    tests: [
      ...[fires].flat().map((series) => test(series, [{ labels: `{alertname="${alert}"}`, value: 1 }])),
      ...[silent].flat().map((series) => test(series, [])),
    ],
  });
}
