import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { valuesTable, withValuesTable } from '../../infrastructure/helm/values-table.ts';
import { helmFolder, manifests } from './programs.ts';

const readmes = [join(helmFolder, 'README.md'), join(manifests, 'README.md')];

it('the table of values is what write-readme.ts makes of the schema now', () => {
  const text = readFileSync(readmes[0] as string, 'utf8');
  expect(withValuesTable(text)).toBe(text);
  expect(valuesTable().split('\n').length).toBeGreaterThan(200);
});

describe.each(readmes)('%s', (file) => {
  const text = readFileSync(file, 'utf8');

  it('links only to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
    expect(links.filter((target) => !/^https?:/.test(target) && !existsSync(join(dirname(file), target)))).toEqual([]);
  });
});

it.each([
  'helm status day-trade-ml -n day-trade',
  'helm rollback day-trade-ml 1 -n day-trade',
  'helm upgrade --install day-trade-ml ./day-trade-ml --debug --dry-run',
  'kubectl get pods -n day-trade',
  'kubectl describe pod POD -n day-trade',
  'kubectl logs POD -n day-trade',
  'kubectl top nodes',
  'kubectl top pods -n day-trade',
  'kubectl apply -f infrastructure/kubernetes/base/namespace.yaml',
  'kubectl apply -f infrastructure/kubernetes/base/',
])('the README of the manifests explains: %s', (command) => {
  expect(readFileSync(readmes[1] as string, 'utf8')).toContain(command);
});

it.each(['day-trade', 'day-trade-staging', 'day-trade-dev'])(
  'the README of the chart has the command for %s',
  (namespace) => {
    const environment = { 'day-trade': 'production', 'day-trade-staging': 'staging', 'day-trade-dev': 'development' }[
      namespace
    ];
    expect(readFileSync(readmes[0] as string, 'utf8')).toContain(
      `helm upgrade --install day-trade-ml ./day-trade-ml --namespace ${namespace} --create-namespace --values values.${environment}.yaml`,
    );
  },
);
