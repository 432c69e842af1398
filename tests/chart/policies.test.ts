import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../support/waivers.ts';
import { checkov, type Findings } from './checkov.ts';
import { chart, manifests, root } from './programs.ts';
import { renderedFile } from './rendered.ts';
import { environments, newest, pinnedImages, valuesFile, variants } from './variants.ts';
import { readWaivers } from './waivers.ts';
import { withPrograms } from './with-programs.ts';

function expectNothing(what: string, { passed, waived, failed, unread }: Findings, atLeast: number): void {
  console.log(`figure: checkov ${what}: ${passed} passed, ${failed.length} failed, ${waived} waived`);
  expect(failed).toEqual([]);
  expect(unread).toBe(0);
  expect(passed).toBeGreaterThan(atLeast);
}

withPrograms(['helm', 'kubectl', 'python3'], 'checkov', () => {
  it('breaks no policy for charts, with the values of no file and of production', async () => {
    expectNothing('helm', await checkov({ framework: 'helm', target: ['--directory', chart] }), 700);
    const target = ['--directory', chart, '--var-file', valuesFile('production')];
    expectNothing('helm, production', await checkov({ framework: 'helm', target }), 1000);
  });

  it('breaks no policy for Kubernetes, in what the chart makes of every environment', async () => {
    const rendered = variants
      .filter(({ name }) => (environments as readonly string[]).includes(name))
      .map((variant) => renderedFile(variant, newest));
    expectNothing(
      'kubernetes, chart',
      await checkov({ framework: 'kubernetes', target: ['--file', ...rendered] }),
      4000,
    );
  });

  it('breaks no policy for Kubernetes, in the manifests', async () => {
    expectNothing(
      'kubernetes, manifests',
      await checkov({ framework: 'kubernetes', target: ['--directory', manifests] }),
      800,
    );
  });

  it('breaks no policy for Dockerfiles', async () => {
    const folder = join(root, 'infrastructure', 'docker');
    expectNothing('dockerfile', await checkov({ framework: 'dockerfile', target: ['--directory', folder] }), 50);
  });

  it('pins every image where values say so, which two of the waivers are about', async () => {
    const target = ['--file', renderedFile(pinnedImages, newest)];
    const found = await checkov({ framework: 'kubernetes', target, policies: ['CKV_K8S_43', 'CKV_K8S_15'] });
    expectNothing('kubernetes, pinned images', found, 20);
  });
});

describe('the waivers of policies', () => {
  const today = new Date().toISOString().slice(0, 10);

  it('are at most ten, each with a reason and a day on which it ends', () => {
    const waivers = readWaivers();
    for (const { id, where, reason } of waivers) console.log(`waived: ${id} at ${where}: ${reason}`);
    expect(waivers.length).toBeGreaterThan(0);
    expect(waivers.length).toBeLessThanOrEqual(10);
    expect(waivers.flatMap((waiver) => problemOf(waiver, today) ?? [])).toEqual([]);
  });
});
