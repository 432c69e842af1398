import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelListSchema, symbolListSchema } from '@daytrade/contracts';
import type { Installation } from '../../support/installation.ts';

/** Symbols with all that is known of them, the bytes of their bars, and models. */
export async function kept(installation: Installation): Promise<unknown> {
  const bars = join(installation.stateFolder, 'bars');
  const files = readdirSync(bars, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const hashes = files.map(({ parentPath, name }) => {
    const bytes = readFileSync(join(parentPath, name));
    return [join(parentPath, name), createHash('sha256').update(bytes).digest('hex')];
  });
  return {
    bars: Object.fromEntries(hashes),
    symbols: (await installation.readHere(symbolListSchema, 'symbols', 'list')).symbols,
    models: (await installation.readHere(modelListSchema, 'models', 'list')).models,
  };
}
