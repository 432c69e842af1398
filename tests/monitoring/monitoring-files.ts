import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { rulesFolder } from '../support/promtool.ts';

export interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly labels?: { readonly severity: string };
  readonly annotations?: { readonly summary: string; readonly description: string; readonly runbook: string };
}

interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
}

/** Every recording and alert rule, in the order of the files. */
export function readRules(): readonly Rule[] {
  return globSync('*.yaml', { cwd: rulesFolder })
    .sort()
    .flatMap((file) => (parse(readFileSync(join(rulesFolder, file), 'utf8')) as RuleFile).groups)
    .flatMap((group) => group.rules);
}

export interface DashboardFile {
  readonly name: string;
  /** Every PromQL expression with the title of its panel. */
  readonly queries: readonly { readonly panel: string; readonly expression: string }[];
}

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

export function readDashboards(): readonly DashboardFile[] {
  const folder = join(rulesFolder, '../../grafana/dashboards');
  return globSync('*.json', { cwd: folder })
    .sort()
    .map((file) => {
      const { panels } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { readonly panels: readonly Panel[] };
      const queries = panels.flatMap(({ title, targets = [] }) =>
        targets.map(({ expr }) => ({ panel: title, expression: expr })),
      );
      return { name: basename(file), queries };
    });
}

/**
 * Names of the metrics in an expression: what stands before a selector, a range, or alone, and is not a function or
 * label.
 */
export function metricsIn(expression: string): readonly string[] {
  const withoutLabels = expression
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\b(?:by|without|on|ignoring)\s*\([^)]*\)/g, '');
  const names = withoutLabels.match(/[a-zA-Z_:][a-zA-Z0-9_:]*(?!\s*\()\b/g) ?? [];
  return [...new Set(names.filter((name) => /^[a-z]+_|:|^up$|^ALERTS$/.test(name) && !functions.has(name)))];
}

const functions = new Set(['histogram_quantile', 'predict_linear', 'avg_over_time', 'count_values']);
