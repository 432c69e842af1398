import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { identity, type KubernetesObject } from '../../infrastructure/kubernetes/write-manifests.ts';
import { chart, goProgram, run } from './programs.ts';
import { objectsOf, renderedObjects } from './rendered.ts';
import { environments, flagsOf, newest, variants } from './variants.ts';
import { withPrograms } from './with-programs.ts';

/** The oldest version that the specification allows; helm on the PATH is newer. */
const version = 'v3.8.2';
const chosen = variants.filter(({ name }) => ['defaults', 'everything lasting', ...environments].includes(name));
/** Without Secrets, whose content is random each time. */
const byIdentity = (objects: readonly KubernetesObject[]) =>
  Object.fromEntries(objects.filter(({ kind }) => kind !== 'Secret').map((object) => [identity(object), object]));

withPrograms(['helm', 'go'], `Helm ${version}`, () => {
  let helm: string;
  beforeAll(() => {
    helm = goProgram('helm.sh/helm/v3/cmd/helm', version) as string;
  });
  const template = (...flags: string[]) =>
    run(helm, ['template', 'day-trade-ml', chart, '--namespace', 'day-trade', '--kube-version', newest, ...flags]);

  it.each(chosen)('makes the same objects as the newest: $name', (variant) => {
    const { exitCode, stdout, output } = template(...flagsOf(variant));
    expect(exitCode, output.slice(-2000)).toBe(0);
    expect(byIdentity(objectsOf(stdout))).toEqual(byIdentity(renderedObjects(variant, newest)));
  });

  it('refuses every wrong values file', () => {
    const folder = join(import.meta.dirname, 'bad-values');
    const taken = readdirSync(folder).filter((file) => template('--values', join(folder, file)).exitCode === 0);
    expect(taken).toEqual([]);
  });
});
