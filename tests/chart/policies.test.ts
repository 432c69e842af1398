import { join } from 'node:path';
import { expect, it } from 'vitest';
import { expectFollowed } from '../support/checkov.ts';
import { commentForm, expectWaivers, settingForm } from '../support/waivers.ts';
import { chart, manifests, root } from './programs.ts';
import { renderedFile } from './rendered.ts';
import { environments, newest, pinnedImages, valuesFile, variants } from './variants.ts';
import { withPrograms } from './with-programs.ts';

const infrastructure = join(root, 'infrastructure');
const settings = ['--config-file', join(infrastructure, '.checkov.yaml')];

withPrograms(['helm', 'kubectl', 'python3'], 'checkov', () => {
  it.each([
    ['helm', 700, []],
    ['helm, production', 1000, ['--var-file', valuesFile('production')]],
  ])('breaks no policy for charts: %s', async (name, atLeast, values) => {
    const args = [...settings, '--directory', chart, ...values];
    await expectFollowed({ name, framework: 'helm', args, atLeast });
  });

  it('breaks no policy for Kubernetes, in what the chart makes of every environment', async () => {
    const rendered = variants
      .filter(({ name }) => (environments as readonly string[]).includes(name))
      .map((variant) => renderedFile(variant, newest));
    const args = [...settings, '--file', ...rendered];
    await expectFollowed({ name: 'kubernetes, chart', framework: 'kubernetes', args, atLeast: 4000 });
  });

  it('breaks no policy for Kubernetes, in the manifests', async () => {
    const args = [...settings, '--directory', manifests];
    await expectFollowed({ name: 'kubernetes, manifests', framework: 'kubernetes', args, atLeast: 800 });
  });

  it('breaks no policy for Dockerfiles', async () => {
    const args = [...settings, '--directory', join(infrastructure, 'docker')];
    await expectFollowed({ name: 'dockerfile', framework: 'dockerfile', args, atLeast: 50 });
  });

  it('pins every image where values say so, which two of the waivers are about', async () => {
    const args = ['--check', 'CKV_K8S_43,CKV_K8S_15', '--file', renderedFile(pinnedImages, newest)];
    const name = 'kubernetes, pinned images';
    const followed = await expectFollowed({ name, framework: 'kubernetes', args, atLeast: 20 });
    expect(followed).toEqual(new Set(['CKV_K8S_43', 'CKV_K8S_15']));
  });
});

it('at most ten policies are waived, each with a reason and a day on which that ends', () => {
  const annotation = /checkov\.io\/skip\d+: (CKV2?_[A-Z0-9_]+)=(.*)$/;
  const files = '{.checkov.yaml,helm/**/*.{yaml,tpl},kubernetes/**/*.yaml,docker/Dockerfile}';
  expectWaivers(infrastructure, files, [settingForm, annotation, commentForm], 10);
});
