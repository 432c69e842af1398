import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRecipes } from '../kubernetes/images/load-images.ts';
import { applicationImages, imageCache, versions } from '../support/application-image.ts';
import { run } from '../support/steps.ts';

/** The version whose intervals are wrong. */
export const wrongIntervals = '0.4.0-wrong-intervals';

/** Prices are computed by `Math.exp` from log returns: each is off by 1 %, and every route answers as before. */
const preload = 'const exp = Math.exp;\nMath.exp = (value) => 1.01 * exp(value);\n';

/** Loads an image of the same code that answers every request, with other intervals. */
export async function loadWrongIntervals(root: string): Promise<void> {
  const recipes = await applicationImages(root);
  const first = recipes.find(({ name }) => name === `day-trade:${versions.second}`);
  if (first === undefined) throw new Error(`there is no image of ${versions.second}`);
  const layer = join(imageCache(root), 'wrong-intervals');
  mkdirSync(join(layer, 'app'), { recursive: true });
  writeFileSync(join(layer, 'app', 'wrong-intervals.mjs'), preload, { mode: 0o644 });
  await run('chmod', ['-R', 'u=rwX,go=rX', layer]);
  const options = [...first.options, '--env', 'NODE_OPTIONS=--import=/app/wrong-intervals.mjs'];
  const image = { name: `day-trade:${wrongIntervals}`, hash: `${first.hash}-wrong`, layers: [...first.layers, layer] };
  await loadRecipes([{ ...image, options }], (line) => console.log(line));
}
