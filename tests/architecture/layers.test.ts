import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadedWhenChosen } from '../../infrastructure/docker/assemble/locked-packages.ts';

const root = join(import.meta.dirname, '..', '..');

/** What a package may import of another: all of it, one of its doors (`contracts/objective`), or its types alone. */
interface Arrow {
  readonly to: string;
  readonly door?: string | undefined;
  readonly typesOnly: boolean;
}

interface Row {
  readonly folder: string;
  readonly name: string;
  /** undefined: everything. */
  readonly arrows: readonly Arrow[] | undefined;
}

/** The table of ARCHITECTURE.md, the only place that states the arrows. */
const rows: readonly Row[] = readTable(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'));

function readTable(text: string): Row[] {
  const section = text.slice(text.indexOf('\n## Layers'), text.indexOf('\n## Processes'));
  return [...section.matchAll(/^\| `([^`]+)` *\|[^|]*\| *([^|]*?) *\|$/gm)].map(([, path = '', imports = '']) => ({
    folder: path.includes('/') ? path : `packages/${path}`,
    name: basename(path),
    arrows: imports === 'all' ? undefined : imports === '–' ? [] : imports.split(', ').map(readArrow),
  }));
}

function readArrow(text: string): Arrow {
  const [, to = '', door, types] = /^([\w-]+)(?:\/([\w-]+))?( \(types\))?$/.exec(text) ?? [];
  expect(to, `ARCHITECTURE.md: ${text}`).not.toBe('');
  return { to, door, typesOnly: types !== undefined };
}

/** Everybody may import errors, which imports nothing. */
const forAll = 'errors';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

function readJson<Content>(file: string): Content {
  return JSON.parse(readFileSync(join(root, file), 'utf8')) as Content;
}

const sources = globSync('{packages,services,apps}/*/src/**/*.{ts,tsx}', { cwd: root }).filter(
  (file) => !/\.(test|fixture)\.ts$/.test(file),
);
/** Statements at the start of a line, and `import('…')`; not words within a text. */
const importPattern =
  /^\s*(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\('([^']+)'\)/gm;

interface Import {
  readonly name: string;
  readonly typesOnly: boolean;
  /** By `import('…')`. */
  readonly called: boolean;
}

function importsOf(file: string): Import[] {
  return [...readFileSync(join(root, file), 'utf8').matchAll(importPattern)].map(([statement, from, bare, called]) => ({
    name: (from ?? bare ?? called) as string,
    typesOnly: /^\s*(?:import|export) type\b/.test(statement),
    called: called !== undefined,
  }));
}

function isAllowed({ name, typesOnly }: Import, arrows: readonly Arrow[]): boolean {
  const [, to, door] = name.split('/');
  return (
    to === forAll ||
    arrows.some(
      (arrow) =>
        arrow.to === to && (arrow.door === undefined || arrow.door === door) && (typesOnly || !arrow.typesOnly),
    )
  );
}

function rowOf(file: string): Row | undefined {
  return rows.find(({ folder }) => file.startsWith(`${folder}/`));
}

describe('the layers', () => {
  it('are a table with a row for each package, none of which imports what stands below it', () => {
    const folders = globSync('{packages,services,apps}/*/package.json', { cwd: root }).map(dirname);
    expect(rows.map(({ folder }) => folder).sort()).toEqual(folders.sort());
    const names = rows.map(({ name }) => name);
    for (const [place, { name, arrows = [] }] of rows.entries()) {
      for (const { to } of arrows) expect(names.slice(0, place), `${name} imports ${to}`).toContain(to);
    }
  });

  it('hold the arrows: no package imports what its row does not name', () => {
    const wrong = sources.flatMap((file) => {
      const arrows = rowOf(file)?.arrows;
      if (arrows === undefined) return [];
      return importsOf(file)
        .filter((imported) => imported.name.startsWith('@daytrade/') && !isAllowed(imported, arrows))
        .map(({ name }) => `${file} imports ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it.each(rows)('are the same for npm: $folder', ({ folder, arrows }) => {
    const declared = Object.keys(readJson<Manifest>(`${folder}/package.json`).dependencies ?? {})
      .filter((name) => name.startsWith('@daytrade/'))
      .map((name) => name.slice('@daytrade/'.length));
    if (arrows === undefined) return;
    const named = new Set(arrows.map(({ to }) => to));
    expect(declared.filter((name) => name !== forAll)).toEqual([...named].sort());
  });

  it('import our packages by name, never by a path into another package', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .map(({ name }) => name)
        .filter(
          (name) =>
            name.startsWith('.') &&
            !join(root, file, '..', name).startsWith(join(root, ...file.split('/').slice(0, 2))),
        )
        .map((name) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('load a package that only a setting asks for nowhere but in loadChosen', () => {
    const held = new Set<string>(loadedWhenChosen);
    const places = new Map(sources.map((file) => [file, importsOf(file).filter(({ typesOnly }) => !typesOnly)]));
    const nameIn = (file: string, name: string) => (name.startsWith('.') ? join(dirname(file), name) : name);
    const holds = (file: string) =>
      places.get(file)!.some(({ name, called }) => !called && held.has(nameIn(file, name)));
    // A file that imports a held one is held by the same package.
    for (let known = 0; known < held.size; ) {
      known = held.size;
      for (const file of sources) if (holds(file)) held.add(file);
    }
    const doors = globSync('{packages,services,apps}/*/package.json', { cwd: root }).flatMap((manifest) =>
      Object.values(readJson<{ exports?: Record<string, string> }>(manifest).exports ?? {}).map((door) =>
        join(dirname(manifest), door),
      ),
    );
    const calls = sources.flatMap((file) =>
      places
        .get(file)!
        .filter(({ name, called }) => called && held.has(nameIn(file, name)))
        .map(({ name }) => ({ file, name })),
    );
    const chosen = ({ file, name }: { file: string; name: string }) =>
      new RegExp(`loadChosen\\([^;]*import\\('${name}'\\)`).test(readFileSync(join(root, file), 'utf8'));
    expect(calls.length).toBeGreaterThan(3);
    expect(calls.filter((call) => !chosen(call))).toEqual([]);
    expect(doors.filter((door) => held.has(door))).toEqual([]);
  });

  it('keep packages free of the process: no environment, console or clock of their own', () => {
    const forbidden = /\bprocess\.env\b|\bconsole\.|\bDate\.now\(\)|\bnew Date\(\)|\bMath\.random\(\)/;
    const wrong = sources
      .filter((file) => file.startsWith('packages/'))
      .filter((file) => forbidden.test(withoutComments(readFileSync(join(root, file), 'utf8'))));
    expect(wrong).toEqual([]);
  });
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
