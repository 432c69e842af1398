import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { buildPage } from './ensure-built.ts';

const packageFolder = join(import.meta.dirname, '..', '..');
const output = mkdtempSync(join(tmpdir(), 'day-trade-page-'));
afterAll(() => rmSync(output, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

/** The files' names hold hashes of what is in them. */
async function builtWith(environment: string | undefined): Promise<readonly string[]> {
  vi.stubEnv('NODE_ENV', environment);
  const folder = join(output, `with-${environment}`);
  await buildPage(packageFolder, folder);
  expect(process.env.NODE_ENV).toBe(environment);
  return readdirSync(join(folder, 'assets')).toSorted();
}

describe('buildPage', () => {
  it('builds for production whatever NODE_ENV says, and leaves that as it is', { tags: ['long'] }, async () => {
    const production = await builtWith('production');
    expect(production.length).toBeGreaterThan(3);
    for (const environment of ['development', 'test', undefined]) {
      expect(await builtWith(environment), environment).toEqual(production);
    }
  });
});
