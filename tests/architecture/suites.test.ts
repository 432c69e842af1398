import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const suites = globSync('tests/*/vitest.config.ts', { cwd: root }).map((file) => file.split('/')[1] as string);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

describe('the suites', () => {
  it('are each a folder with its configuration and an npm script of the same name', () => {
    expect(suites.length).toBeGreaterThan(5);
    expect(suites.map((name) => (name === 'unit' ? 'test' : `test:${name}`)).toSorted()).toEqual(
      Object.keys(scripts)
        .filter((name) => /^test\b/.test(name))
        .toSorted(),
    );
  });

  it('import only their own files and those of tests/support from tests, and these nothing of a suite', () => {
    const wrong = globSync('tests/*/**/*.ts', { cwd: root, exclude: ['tests/dist'] }).flatMap((file) => {
      const own = file.split('/')[1] as string;
      return [...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:from|import)[ (]'(\.[^']+)'/g)]
        .map(([, path]) => join(dirname(file), path as string))
        .filter(
          (path) => path.startsWith('tests/') && !['tests/suite.ts', 'tests/unit/vitest.config.ts'].includes(path),
        )
        .filter(
          (path) => ![own, 'support', ...(own === 'rehearsal' ? ['kubernetes'] : [])].includes(path.split('/')[1]!),
        )
        .map((path) => `${file} imports ${path}`);
    });
    expect(wrong).toEqual([]);
  });
});
