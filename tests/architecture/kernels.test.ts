import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const compiler = join(root, 'scripts', 'compiler', 'node_modules', 'assemblyscript', 'bin', 'asc.js');
// Of 100 MB, so only whoever changes a kernel has it, and continuous integration.
const skip = !process.env.CI && !existsSync(compiler);
const compare = it.skipIf(skip);
const configurations = globSync('packages/*/kernel/asconfig.json', { cwd: root }).sort();

interface Configuration {
  readonly options: { readonly outFile: string };
}

const whySkipped = skip ? ' (skipped: no compiler, which npm run build:kernels installs)' : '';

describe(`the kernels in WebAssembly${whySkipped}`, () => {
  it('are those of features and of trees', () => {
    expect(configurations.map((file) => file.split('/')[1])).toEqual(['learners', 'series']);
  });

  compare.each(configurations)(
    '%s: what is committed is what its source compiles to (npm run build:kernels)',
    { tags: ['long'] },
    (file) => {
      const { options } = JSON.parse(readFileSync(join(root, file), 'utf8')) as Configuration;
      const folder = mkdtempSync(join(tmpdir(), 'kernel-'));
      try {
        const compiled = join(folder, 'kernel.wasm');
        const { status, stderr } = spawnSync(
          process.execPath,
          [compiler, '--config', join(root, file), '--outFile', compiled],
          { encoding: 'utf8' },
        );
        expect(status, stderr).toBe(0);
        expect(readFileSync(join(root, dirname(file), options.outFile)).equals(readFileSync(compiled))).toBe(true);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
