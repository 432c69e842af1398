import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import unit from '../unit/vitest.config.ts';

const root = join(import.meta.dirname, '..', '..');
const { include = [], ...rest } = unit.test ?? {};
const mayBeLong = /tags: \['long'\]|@module-tag long|suite\.ts'/;

/** The files with such a test in them, or in the suite that they call: no other needs to be loaded. */
function filesWithLongTests(): string[] {
  return globSync(include, { cwd: root }).filter((file) => mayBeLong.test(readFileSync(join(root, file), 'utf8')));
}

/** What stands beside the sources and has tests that `npm test` leaves out; the npm script takes these alone. */
export default defineConfig({ test: { ...rest, include: filesWithLongTests() } });
