import { beforeAll, expect, it } from 'vitest';
import { onPath } from '../support/packed-programs.ts';
import { kubeScore, scores } from './kube-score.ts';
import { renderedFile } from './rendered.ts';
import { environments, newest, pinnedImages, type Variant, variants } from './variants.ts';
import { withPrograms } from './with-programs.ts';

const always = (variant: Variant): Variant => ({
  ...variant,
  settings: [...variant.settings, 'image.pullPolicy=Always'],
});
const chosen = variants.filter(({ name }) => ['defaults', 'everything lasting', ...environments].includes(name));

withPrograms(['helm', onPath('kube-score') ? 'kube-score' : 'go'], 'kube-score', () => {
  let program: string;
  beforeAll(() => {
    program = kubeScore() as string;
  });

  const criticals = (variant: Variant, waived = false): string[] => {
    const all = scores(program, renderedFile(variant, newest), newest, waived);
    expect(all.length).toBeGreaterThan(100);
    return all.filter(({ grade }) => grade === 'critical').map(({ text }) => text);
  };

  it.each([pinnedImages, ...chosen.map(always)])(
    'finds nothing critical where images are always pulled: $name',
    (variant) => {
      expect(criticals(variant)).toEqual([]);
    },
  );

  it.each(chosen)('finds nothing critical as the files are, asked what is not waived: $name', (variant) => {
    expect(criticals(variant, true)).toEqual([]);
  });

  // What is waived, and no more: images are pulled only where they are missing, by default.
  it.each(chosen)(
    'finds nothing critical but that images are not always pulled, as the files are: $name',
    (variant) => {
      const others = criticals(variant).filter((text) => !text.endsWith('ImagePullPolicy is not set to Always'));
      expect(others).toEqual([]);
    },
  );

  it('would find pods without a network policy', () => {
    const open = { ...always(variants[0] as Variant), name: 'open network', settings: ['networkPolicy.enabled=false'] };
    expect(criticals(open).length).toBeGreaterThan(0);
  });
});
