import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { KubernetesObject } from '../../infrastructure/kubernetes/write-manifests.ts';
import { chart, succeed } from './programs.ts';
import { objectsOf } from './rendered.ts';
import { withPrograms } from './with-programs.ts';

const workloads = ['ml-service', 'postgresql', 'redis'];

/** What the pods of some parts are made from, by a chart of that version. */
function podsOf(version: string): Readonly<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'chart-of-a-version-'));
  try {
    cpSync(chart, folder, { recursive: true });
    const file = join(folder, 'Chart.yaml');
    const text = readFileSync(file, 'utf8').replaceAll(/^(version|appVersion): .*$/gm, `$1: ${version}`);
    writeFileSync(file, text);
    const found = objectsOf(succeed('helm', ['template', 'day-trade-ml', folder, '--namespace', 'day-trade']));
    const wanted = ({ kind, metadata }: KubernetesObject) =>
      ['Deployment', 'StatefulSet'].includes(kind) && workloads.includes(metadata.name);
    return Object.fromEntries(found.filter(wanted).map(({ metadata, spec }) => [metadata.name, spec.template]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

withPrograms(['helm'], 'a new version of the chart', () => {
  it('restarts our own services, and no store: it has one pod, and without a volume all of its rows would go', () => {
    const [before, after] = [podsOf('0.1.0'), podsOf('0.2.0')];
    expect(Object.keys(after).sort()).toEqual(workloads);
    expect(after['ml-service']).not.toEqual(before['ml-service']);
    for (const store of ['postgresql', 'redis']) expect(after[store], store).toEqual(before[store]);
  });
});
