import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { helmFolder, manifests } from './programs.ts';
import { sizeOf, sizesTable } from './sizes-table.ts';
import { withPrograms } from './with-programs.ts';

const readmes = [join(helmFolder, 'README.md'), join(manifests, 'README.md')];

withPrograms(['helm'], 'what the environments ask for', () => {
  it('is in the table as the chart renders it now', () => {
    expect(readFileSync(readmes[0] as string, 'utf8')).toContain(sizesTable());
  });

  it('fits, for the small production, into 4 processors and 8 GiB beside a node’s own and an upgrade’s surge', () => {
    const { processors, memory, largest } = sizeOf('small', true);
    const [ownProcessors, ownMemory] = [0.5, 1];
    expect(processors + largest.processors).toBeLessThanOrEqual(4 - ownProcessors);
    expect(memory + largest.memory).toBeLessThanOrEqual(8 - ownMemory);
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
      `helm upgrade --install day-trade-ml ./day-trade-ml --namespace ${namespace} --create-namespace --values ` +
        `values.${environment}.yaml`,
    );
  },
);
