import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRecipes } from '../../tests/kubernetes/images/load-images.ts';
import { applicationImages, imageCache, versions } from '../../tests/support/application-image.ts';

/** How a new version is, and whether it has to be promoted. */
export interface NewVersion {
  readonly fault: string;
  readonly name: string;
  readonly isGood: boolean;
}

/** Bad ones first: they leave the version that serves in its place. */
export const newVersions: readonly NewVersion[] = [
  { fault: 'errors', name: '5 % errors', isGood: false },
  { fault: 'slow', name: '+300 ms', isGood: false },
  { fault: 'shifted', name: 'predictions shifted by 2 sigma', isGood: false },
  { fault: 'narrow', name: 'intervals 40 % too narrow', isGood: false },
  { fault: 'stale', name: 'stale features', isGood: false },
  { fault: 'none', name: 'healthy', isGood: true },
];

/** The tag of a version's image. */
export function tagOf({ fault }: Pick<NewVersion, 'fault'>): string {
  return `${versions.second}-canary-${fault}`;
}

/** Packs an image of each version: the application's, with what makes it bad loaded before it. */
export async function packVersions(root: string, progress: (message: string) => void): Promise<void> {
  const [recipe] = await applicationImages(root);
  if (recipe === undefined) throw new Error('there is no recipe of the application image');
  const layer = join(imageCache(root), 'canary-fault');
  mkdirSync(join(layer, 'app'), { recursive: true });
  const module = join(import.meta.dirname, 'image', 'fault.mjs');
  copyFileSync(module, join(layer, 'app', 'canary-fault.mjs'));
  for (const path of [layer, join(layer, 'app')]) chmodSync(path, 0o755);
  chmodSync(join(layer, 'app', 'canary-fault.mjs'), 0o644);
  const hash = createHash('sha256').update(readFileSync(module)).digest('hex');
  const recipes = newVersions.map((version) => {
    const variables = ['NODE_OPTIONS=--import=/app/canary-fault.mjs', `CANARY_FAULT=${version.fault}`];
    return {
      name: `day-trade:${tagOf(version)}`,
      hash: `${recipe.hash}-${hash}-${version.fault}`,
      layers: [...recipe.layers, layer],
      options: [...recipe.options, ...variables.flatMap((variable) => ['--env', variable])],
    };
  });
  await loadRecipes(recipes, progress);
}
