import { mkdirSync } from 'node:fs';
import { applicationImages, imageCache } from '../../support/application-image.ts';
import type { ImageRecipe } from '../../support/image-recipe.ts';
import { attempt, run } from '../../support/steps.ts';
import { apply } from '../cluster/kubectl.ts';
import { standInImages } from './stand-in-images.ts';

/**
 * Packs every image that the chart names (but Grafana's, which Debian does not have) and loads it into the cluster.
 * What is there already, by the hash of what goes into it, is left alone.
 */
export async function loadImages(root: string, say: (line: string) => void): Promise<void> {
  const cache = imageCache(root);
  mkdirSync(cache, { recursive: true });
  await loadRecipes([...(await standInImages(root, cache)), ...(await applicationImages(root))], say);
}

/** Packs images and loads them into the cluster; what is there already is left alone. */
export async function loadRecipes(recipes: readonly ImageRecipe[], say: (line: string) => void): Promise<void> {
  const loaded = await readRecord();
  for (const recipe of recipes) {
    const started = performance.now();
    const there = loaded[keyOf(recipe)] === recipe.hash;
    if (!there) {
      await load(recipe);
      loaded[keyOf(recipe)] = recipe.hash;
      await writeRecord(loaded);
    }
    const seconds = (performance.now() - started) / 1000;
    say(`${recipe.name} ${there ? 'is there' : `packed and loaded in ${seconds.toFixed(1)} s`}`);
  }
}

async function load({ name, layers, options }: ImageRecipe): Promise<void> {
  await run('cluster', ['image', name, ...layers, ...options], { timeoutSeconds: 240 });
}

// What was loaded is written down in the cluster, so that the record lives as long as the images and every clone reads
// the same.
const record = { namespace: 'kube-system', name: 'day-trade-images' };

const keyOf = ({ name }: ImageRecipe) => name.replace(/[^\w.-]/g, '_');

async function readRecord(): Promise<Record<string, string>> {
  const question = ['get', 'configmap', record.name, '--namespace', record.namespace, '--output=json'];
  const { exitCode, stdout } = await attempt('kubectl', question);
  return exitCode === 0 ? ((JSON.parse(stdout) as { data?: Record<string, string> }).data ?? {}) : {};
}

async function writeRecord(data: Readonly<Record<string, string>>): Promise<void> {
  await apply(record.namespace, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: record.name }, data });
}
