import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const topFolders = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

/** The pages that say where things are. */
const pages = ['ARCHITECTURE.md', 'docs/CONTRIBUTING.md'];

/** A path as pages write it: `packages/{market,series}/src/<name>.ts`, `operators/`, `provider.ts`. */
const pathForm = /(?<![\w./])\.?(?:\{[\w.,-]+\}|[\w<>*-]|\.(?=\w))+(?:\/(?:\{[\w.,-]+\}|[\w.<>*-])*)*/g;
/** What a path in the middle of the repository looks like. */
const insidePath = /^src\/|\/$|\.(?:tsx?|mjs|py|json|wasm)$/;
const fence = /^```.*?^```$/gms;

/** Where on a page, and the glob of what must be there. */
interface NamedPath {
  readonly written: string;
  readonly glob: string;
}

function pathsOf(page: string): NamedPath[] {
  const blocks = [...page.matchAll(fence)]
    .map(([block]) => block)
    .filter((block) => !block.startsWith('```\n.day-trade/'));
  const inline = [...page.replaceAll(fence, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
  return [...blocks.flatMap(pathsOfBlock), ...inline.flatMap(pathsOfCode)];
}

/** In a block that draws a folder, the first word of a line lies in the folder of the first line. */
function pathsOfBlock(block: string): NamedPath[] {
  const [, folder] = /^```\n(\w+\/)\n/.exec(block) ?? [];
  if (folder === undefined) return block.split('\n').flatMap(pathsOfCode);
  const names = [...block.matchAll(/^ {2}(\S+)/gm)].map(([, name = '']) => name);
  return names.map((name) => ({ written: name, glob: `${folder}${name}` }));
}

function pathsOfCode(code: string): NamedPath[] {
  const selectsFiles = code.startsWith('npm ');
  return [...code.matchAll(pathForm)].flatMap(([written]) => {
    const [first = '', ...rest] = written.split('/');
    const isWhole = topFolders.includes(first) && rest.length > 0;
    if (written.includes('node_modules') || !(isWhole || insidePath.test(written))) return [];
    const glob = written.replaceAll(/<[\w-]+>/g, '*').replace(/\/$/, '');
    return [{ written, glob: `${isWhole ? '' : '**/'}${glob}${selectsFiles ? '*' : ''}` }];
  });
}

function isThere(glob: string): boolean {
  const exclude = (name: string) => ['node_modules', 'dist', '.cache', 'coverage'].includes(name);
  return globSync(glob, { cwd: root, exclude }).length > 0;
}

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const named = pathsOf(text);

  it('names paths that there are', () => {
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter(({ glob }) => !isThere(glob)).map(({ written }) => written)).toEqual([]);
  });
});

it('every page links to files that there are', () => {
  const exclude = (name: string) => ['node_modules', 'dist', '.cache'].includes(name);
  const written = globSync('{,.github/,docs/**/,infrastructure/**/,packages/**/,tests/**/}*.md', {
    cwd: root,
    exclude,
  });
  const broken = written.flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(join(root, dirname(page), target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(written.length).toBeGreaterThan(30);
  expect(broken).toEqual([]);
});
