import { describe } from 'vitest';
import { onPath } from '../support/packed-programs.ts';
import { canDownloadGoModules } from './programs.ts';

/** Groups tests that need programs; where one is missing they are skipped, and their name says which. */
export function withPrograms(programs: readonly string[], name: string, tests: () => void): void {
  const missing = programs.filter((program) => !onPath(program));
  if (missing.length === 0 && programs.includes('go') && !canDownloadGoModules()) missing.push("Go's module proxy");
  if (missing.length === 0) describe(name, tests);
  else describe.skip(`${name} (skipped: needs ${missing.join(', ')})`, tests);
}
