import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';

/** Opens an embedded database and asks it, then counts down in a loop of a module of its own. */
const script = `
  const { openPGliteDatabase } = await import(process.argv[1]);
  const database = await openPGliteDatabase(process.argv[2]);
  for (let i = 0; i < 60; i += 1) await database.db.selectFrom('runs').selectAll().limit(1).execute();
  await database.close();
  console.log('a module made afterwards');
  const loop = new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 127, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 16, 1, 14, 0,
    3, 64, 32, 0, 65, 1, 107, 34, 0, 13, 0, 11, 11,
  ]);
  new WebAssembly.Instance(new WebAssembly.Module(loop)).exports.f(200_000_000);
`;

/** Functions that V8 compiled for speed, with the bytes of their bodies: `#2272 of 104930`. */
const tieredUp = (printed: string) =>
  [...printed.matchAll(/(#\d+) using TurboFan.*bodysize (\d+)/g)].map(([, name, bytes]) => `${name} of ${bytes}`);

it('V8 leaves the largest function of the engine as it is for what a command asks, and has its own budget afterwards', {
  tags: ['long'],
}, async () => {
  const opened = [new URL('../open.ts', import.meta.url).href, join(await temporaryFolder(), 'database')];
  const flags = ['--trace-wasm-compilation-times', '--wasm-sync-tier-up', '--input-type=module', '--eval', script];
  const printed = execFileSync(process.execPath, [...flags, ...opened], { encoding: 'utf8' });
  const [ofEngine = '', ofOthers = ''] = printed.split('a module made afterwards');
  expect(ofEngine).toContain('using Liftoff');
  // No other has as many bytes.
  expect(tieredUp(ofEngine).filter((name) => / of \d{6,}$/.test(name))).toEqual([]);
  expect(tieredUp(ofOthers)).toEqual(['#0 of 14']);
});
