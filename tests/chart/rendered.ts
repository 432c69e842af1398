import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../infrastructure/kubernetes/write-manifests.ts';
import { cache, chart, helmFolder, succeed } from './programs.ts';
import { flagsOf, newest, type Variant, variantNamed } from './variants.ts';

const chartHash = createHash('sha256');
for (const file of globSync('{day-trade-ml/**/*.*,*.yaml}', { cwd: helmFolder }).sort()) {
  chartHash.update(file).update(readFileSync(join(helmFolder, file)));
}
const contentHash = chartHash.digest('hex');

/** The file with what the chart renders for a cluster of that version; rendered once for each state of the chart. */
export function renderedFile(variant: Variant, kubernetesVersion: string): string {
  const flags = ['--namespace', 'day-trade', '--kube-version', kubernetesVersion, ...flagsOf(variant)];
  const name = createHash('sha256').update(contentHash).update(JSON.stringify(flags)).digest('hex').slice(0, 16);
  const file = join(cache, 'rendered', `${name}.yaml`);
  if (existsSync(file)) return file;
  mkdirSync(join(cache, 'rendered'), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, succeed('helm', ['template', 'day-trade-ml', chart, ...flags]));
  renameSync(`${file}.${process.pid}`, file);
  return file;
}

export function objectsOf(text: string): KubernetesObject[] {
  return parseAllDocuments(text, { version: '1.1' })
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

export const renderedObjects = (variant: Variant, kubernetesVersion: string): KubernetesObject[] =>
  objectsOf(readFileSync(renderedFile(variant, kubernetesVersion), 'utf8'));

export const rendered = (name: string, ...settings: readonly string[]): KubernetesObject[] =>
  renderedObjects(variantNamed(name, ...settings), newest);

export function objectNamed(objects: readonly KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`nothing renders ${kind} ${name}`);
  return found;
}
