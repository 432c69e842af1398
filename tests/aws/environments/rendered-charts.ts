import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../../infrastructure/kubernetes/write-manifests.ts';
import { packedPrograms } from '../../support/packed-programs.ts';
import { repositoryRoot, temporaryFolder } from '../../support/running-process.ts';
import { cacheFolder, isThere, run } from '../../support/steps.ts';
import type { AppliedEnvironment } from './applied-environment.ts';

export async function outputsOf({ terraform }: AppliedEnvironment): Promise<Readonly<Record<string, string>>> {
  const outputs: Record<string, { value: string }> = JSON.parse((await terraform.run(['output', '-json'])).stdout);
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}

export interface RenderedCharts {
  readonly cluster: readonly KubernetesObject[];
  readonly application: readonly KubernetesObject[];
}

/** The objects of both charts with the values that Terraform writes; undefined without helm. */
export async function renderCharts(outputs: Readonly<Record<string, string>>): Promise<RenderedCharts | undefined> {
  process.env.PATH = [process.env.PATH, packedPrograms(cacheFolder('bin'))].join(delimiter);
  if (!(await isThere('helm', 'version'))) return undefined;
  const folder = temporaryFolder('values');
  const helm = join(repositoryRoot, 'infrastructure', 'helm');
  const render = async (chart: string, output: string, more: readonly string[]): Promise<KubernetesObject[]> => {
    const file = join(folder, `${output}.yaml`);
    writeFileSync(file, outputs[output] ?? '');
    const values = [...more, file].flatMap((path) => ['--values', path]);
    const options = ['--namespace', 'day-trade', '--kube-version', 'v1.35.2-eks-3cf4723', ...values];
    const { stdout } = await run('helm', ['template', chart, join(helm, chart), ...options]);
    const documents = parseAllDocuments(stdout, { version: '1.1' }).map((document) => document.toJS());
    return documents.filter((object) => object !== null) as KubernetesObject[];
  };
  return {
    cluster: await render('day-trade-cluster', 'cluster_values', []),
    application: await render('day-trade-ml', 'chart_values', [join(helm, `values.production.yaml`)]),
  };
}
