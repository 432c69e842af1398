import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string>>;
}

/** Where `@daytrade/…` leads, by the name that is imported. */
const doors = new Map(
  globSync('{packages,services,apps}/*/package.json', { cwd: root }).flatMap((path) => {
    const { name, exports = {} } = JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest;
    return Object.entries(exports).map(
      ([door, file]) => [`${name}${door.slice(1)}`, join(dirname(path), file)] as const,
    );
  }),
);

const files = globSync('{packages,services,apps,tests,bench,infrastructure,scripts}/**/*.{ts,tsx,mjs}', {
  cwd: root,
  exclude: (name) => ['node_modules', 'dist'].includes(name),
}).filter((file) => !/\.d\.ts$|^packages\/[\w-]+\/kernel\//.test(file));
const texts = new Map(files.map((file) => [file, withoutComments(readFileSync(join(root, file), 'utf8'))]));

/** A text that stands for every name of a file, where it is taken as a whole. */
const everything = '*';

interface Use {
  /** The file that is taken from. */
  readonly from: string;
  readonly by: string;
  readonly names: readonly string[];
  /** Whether it only hands on what others may take: `export * from`. */
  readonly handsOn: boolean;
}

const uses = files.flatMap(usesOf);

function usesOf(by: string): Use[] {
  const text = texts.get(by) as string;
  const lists = [...text.matchAll(/^\s*(import|export)\b([^'";]*?)\bfrom\s*'([^']+)'/gm)].map(
    ([, word, clause = '', name = '']) => ({
      name,
      names: namesIn(clause),
      handsOn: word === 'export' && clause.trim() === '*',
    }),
  );
  const called = [...text.matchAll(/(?:const (\{[^}]*\}) = |\b)await import\(\s*'([^']+)'\s*\)/g)].map(
    ([, clause, name = '']) => ({ name, names: clause === undefined ? [everything] : namesIn(clause), handsOn: false }),
  );
  const loaded = [...text.matchAll(/(?:\bimport\(|new URL\()'([^']+)'/g)]
    .filter(({ index }) => !['await ', 'typeof '].some((word) => text.slice(0, index).endsWith(word)))
    .map(([, name = '']) => ({ name, names: [everything], handsOn: false }));
  return [...lists, ...called, ...loaded].flatMap(({ name, ...use }) => {
    const from = doors.get(name) ?? (name.startsWith('.') ? join(dirname(by), name) : undefined);
    return from === undefined ? [] : [{ ...use, from, by }];
  });
}

/** The names of a list as they are called where they come from: `type A, b as c` is A and b. */
function namesIn(clause: string): string[] {
  const list = /\{([^}]*)\}/.exec(clause)?.[1];
  if (list === undefined) return [everything];
  return list
    .split(',')
    .map(
      (name) =>
        name
          .trim()
          .replace(/^type /, '')
          .split(/ as |:/)[0]
          ?.trim() ?? '',
    )
    .filter((name) => name !== '');
}

interface Export {
  readonly name: string;
  readonly isType: boolean;
}

/** What a file gives to others, by its own declarations or by handing on. */
function exportsOf(file: string): Export[] {
  const text = texts.get(file) as string;
  const declared = [
    ...text.matchAll(
      /^export (?:declare )?(?:async )?(?:abstract )?(const|let|function\*?|class|interface|type|enum) (\w+)/gm,
    ),
  ].map(([, word = '', name = '']) => ({ name, isType: word === 'interface' || word === 'type' }));
  const handedOn = [...text.matchAll(/^export (type )?\{([^}]*)\}/gm)].flatMap(([, type, list = '']) =>
    list
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '')
      .map((entry) => ({
        name: entry
          .replace(/^type /, '')
          .split(' as ')
          .at(-1) as string,
        isType: type !== undefined || entry.startsWith('type '),
      })),
  );
  return [...declared, ...handedOn];
}

function isTaken(file: string, name: string, counts: (by: string) => boolean): boolean {
  return uses.some(({ from, by, names, handsOn }) => {
    if (from !== file) return false;
    return handsOn ? isTaken(by, name, counts) : counts(by) && (names.includes(name) || names.includes(everything));
  });
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

describe('what is exported', () => {
  it('from a package is imported by somebody outside of it', () => {
    const idle = [...doors.values()].flatMap((file) => {
      const folder = `${file.split('/').slice(0, 2).join('/')}/`;
      // A door that is a file with something of its own may be used from inside as well.
      const counts = (by: string) => by !== file && (basename(file) !== 'index.ts' || !by.startsWith(folder));
      return exportsOf(file)
        .filter(({ name }) => !isTaken(file, name, counts))
        .map(({ name }) => `${file}: ${name}`);
    });
    expect(idle).toEqual([]);
  });

  // Types name what an exported function takes and gives, whether or not somebody writes them down.
  it('as a value from a file is imported by another one', () => {
    const idle = files
      .filter((file) => /^(?:packages|services|apps)\//.test(file))
      .flatMap((file) =>
        exportsOf(file)
          .filter(({ name, isType }) => !isType && !isTaken(file, name, (by) => by !== file))
          .map(({ name }) => `${file}: ${name}`),
      );
    expect(idle).toEqual([]);
  });
});
