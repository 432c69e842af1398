import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseSettings } from '@daytrade/contracts';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
/** Names every setting that there is, and sets none. */
const listsAll = 'infrastructure/helm/day-trade-ml/values.schema.json';
const begins = /AUTOMATIC_TRADING|DAYTRADE_KABU|automatic\.trading|kabu-station|\blive[ ',"]+start\b/i;

it('automatic trading is off by default, and nothing that deploys switches it on or begins it', () => {
  expect(parseSettings({}).DAYTRADE_AUTOMATIC_TRADING).toBe(false);
  const files = globSync('{infrastructure,.github,scripts/deployment}/**/*', {
    cwd: root,
    exclude: (name) => ['node_modules', '.terraform', '.cache', 'dist'].includes(name),
  }).filter((file) => statSync(join(root, file)).isFile());
  expect(files.length).toBeGreaterThan(100);
  const found = files.filter((file) => begins.test(readFileSync(join(root, file), 'utf8')));
  expect(found).toEqual([listsAll]);
});
