import { beforeAll, expect, it } from 'vitest';
import { kubeScore, scores } from './kube-score.ts';
import { onPath } from './programs.ts';
import { renderedFile } from './rendered.ts';
import { environments, kubernetesVersions, pinnedImages, type Variant, variants } from './variants.ts';
import { readWaivers } from './waivers.ts';
import { withPrograms } from './with-programs.ts';

const newest = kubernetesVersions[2];
const chosen = variants.filter(({ name }) => ['defaults', 'everything lasting', ...environments].includes(name));

withPrograms(['helm', onPath('kube-score') ? 'kube-score' : 'go'], 'kube-score', () => {
  let program: string;
  beforeAll(() => {
    program = kubeScore() as string;
  });

  const criticals = (variant: Variant): string[] => {
    const all = scores(program, renderedFile(variant, newest), newest);
    expect(all.length).toBeGreaterThan(100);
    return all.filter(({ grade }) => grade === 'critical').map(({ text }) => text);
  };

  it.each([pinnedImages, ...chosen])('finds nothing critical: $name', (variant) => {
    expect(criticals(variant)).toEqual([]);
  });

  it('would find pods without a network policy', () => {
    const open = { name: 'open network', values: [], settings: ['networkPolicy.enabled=false'] };
    expect(criticals(open).length).toBeGreaterThan(0);
  });

  it('is not asked about more than one check, whose reason stands there', () => {
    const waived = readWaivers().filter(({ id }) => id.startsWith('container-'));
    expect(waived.map(({ id }) => id)).toEqual(['container-image-pull-policy']);
  });
});
