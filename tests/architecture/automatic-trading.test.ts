import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseSettings } from '@daytrade/contracts';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
/** Names every setting that there is, and sets none. */
const listsAll = 'infrastructure/helm/day-trade-ml/values.schema.json';

it('automatic trading is off by default, and nothing that deploys switches it on or begins it', () => {
  expect(parseSettings({}).DAYTRADE_AUTOMATIC_TRADING).toBe(false);
  const words = ['AUTOMATIC_TRADING', 'DAYTRADE_KABU', 'live start', 'automatic.trading', 'kabu-station'];
  const patterns = words.flatMap((word) => ['-e', word]);
  const places = ['infrastructure', '.github', 'scripts/deployment', 'Dockerfile', 'compose.yaml'];
  let found = '';
  try {
    found = execFileSync(
      'grep',
      ['-rlIi', '--exclude-dir=node_modules', '--exclude-dir=.terraform', ...patterns, ...places],
      {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
  } catch (error) {
    // grep ends with 1 where it finds nothing, and with 2 where a place is not there.
    found = String((error as { stdout?: unknown }).stdout ?? '');
  }
  expect(found.split('\n').filter((file) => file !== '' && file !== listsAll)).toEqual([]);
});
