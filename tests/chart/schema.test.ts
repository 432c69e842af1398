import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kubernetesSchemas, schemaPath } from './kubernetes-schemas.ts';
import { manifests, run } from './programs.ts';
import { renderedFile } from './rendered.ts';
import { environments, kubernetesVersions, variants } from './variants.ts';
import { withPrograms } from './with-programs.ts';

const [oldest, beforeSleep, newest] = kubernetesVersions;

interface Report {
  readonly resources?: readonly { readonly filename: string; readonly kind: string; readonly msg: string }[];
  readonly summary: {
    readonly valid: number;
    readonly invalid: number;
    readonly errors: number;
  };
}

function conform(version: string, files: readonly string[]): Report {
  const location = join(kubernetesSchemas(version), schemaPath);
  const flags = [
    '-strict',
    '-summary',
    '-output',
    'json',
    '-kubernetes-version',
    version,
    '-schema-location',
    location,
    // Their definitions come with Argo Rollouts.
    '-skip',
    'AnalysisTemplate,Rollout',
  ];
  return JSON.parse(run('kubeconform', [...flags, ...files]).stdout) as Report;
}

function expectValid({ resources, summary }: Report): void {
  expect(resources ?? []).toEqual([]);
  expect(summary).toMatchObject({ invalid: 0, errors: 0 });
  expect(summary.valid).toBeGreaterThan(30);
}

withPrograms(['helm', 'kubeconform', 'go'], 'kubeconform -strict', () => {
  it(`knows every object of every variant, on Kubernetes ${newest}`, () => {
    expectValid(
      conform(
        newest,
        variants.map((variant) => renderedFile(variant, newest)),
      ),
    );
  });

  it.each([oldest, beforeSleep])('knows every object of every environment, on Kubernetes %s', (version) => {
    const files = variants
      .filter(({ name }) => (environments as readonly string[]).includes(name))
      .map((variant) => renderedFile(variant, version));
    expectValid(conform(version, files));
  });

  it('knows every object of the manifests', () => {
    const files = globSync('{base,restore}/*.yaml', { cwd: manifests });
    expectValid(
      conform(
        newest,
        files.map((file) => join(manifests, file)),
      ),
    );
  });
});
