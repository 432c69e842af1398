import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** Which of our packages each package may import. The arrows of ARCHITECTURE.md. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  market: ['errors'],
  contracts: ['errors'],
  learners: ['errors'],
  series: ['errors', 'market'],
  ensemble: ['errors', 'market', 'series', 'learners'],
  'market-data': ['errors', 'market', 'contracts', 'series'],
  jobs: ['errors', 'market', 'contracts'],
  storage: ['errors', 'market', 'contracts', 'series', 'jobs'],
  'service-kit': ['errors', 'contracts'],
  'service-host': ['errors', 'contracts', 'jobs', 'storage', 'service-kit'],
  'data-service': [
    'errors',
    'market',
    'contracts',
    'series',
    'market-data',
    'storage',
    'jobs',
    'service-kit',
    'service-host',
  ],
  'ml-service': [
    'errors',
    'market',
    'contracts',
    'series',
    'learners',
    'ensemble',
    'storage',
    'jobs',
    'service-kit',
    'service-host',
  ],
  'scheduler-service': ['errors', 'market', 'contracts', 'storage', 'jobs', 'service-kit', 'service-host'],
  dashboard: ['errors', 'contracts', 'service-kit'],
};

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

const sources = globSync('{packages,services,apps}/*/src/**/*.{ts,tsx}', { cwd: root }).filter(
  (file) => !/\.(test|fixture)\.ts$/.test(file),
);
/** Statements at the start of a line, and `import('…')`; not words within a text. */
const importPattern =
  /^\s*(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\('([^']+)'\)/gm;

function importsOf(file: string): string[] {
  return [...readFileSync(join(root, file), 'utf8').matchAll(importPattern)].map(
    (match) => (match[1] ?? match[2] ?? match[3]) as string,
  );
}

function packageOf(file: string): string {
  return file.split('/')[1] as string;
}

describe('the layers', () => {
  it('hold the arrows: no package imports what stands above it', () => {
    const wrong = sources.flatMap((file) => {
      const may = allowed[packageOf(file)];
      if (may === undefined) return [];
      return importsOf(file)
        .filter((name) => name.startsWith('@daytrade/') && !may.includes(name.split('/')[1] as string))
        .map((name) => `${file} imports ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it('import our packages by name, never by a path into another package', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .filter(
          (name) =>
            name.startsWith('.') &&
            !join(root, file, '..', name).startsWith(join(root, ...file.split('/').slice(0, 2))),
        )
        .map((name) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('name in each package.json exactly what its sources import', () => {
    const wrong = globSync('{packages,services,apps}/*/package.json', { cwd: root }).flatMap((manifest) => {
      const folder = manifest.slice(0, -'/package.json'.length);
      const declared = Object.keys(
        (JSON.parse(readFileSync(join(root, manifest), 'utf8')) as Manifest).dependencies ?? {},
      );
      const used = new Set(
        globSync(`${folder}/{src/**/*.{ts,tsx,css,html},*.config.ts}`, { cwd: root })
          .flatMap(importsOf)
          .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
          .map((name) =>
            name
              .split('/')
              .slice(0, name.startsWith('@') ? 2 : 1)
              .join('/'),
          ),
      );
      const ofTests = new Set(['vitest', 'fast-check', 'playwright-core']);
      const missing = [...used].filter((name) => !declared.includes(name) && !ofTests.has(name));
      const idle = declared.filter((name) => !used.has(name));
      return [
        ...missing.map((name) => `${folder} does not declare ${name}`),
        ...idle.map((name) => `${folder} declares ${name} and does not use it`),
      ];
    });
    expect(wrong).toEqual([]);
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

describe('the files', () => {
  it('are one idea each: none over 500 lines, nine in ten at most 250', () => {
    const lengths = sources.map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length }));
    expect(lengths.filter(({ lines }) => lines > 500)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThanOrEqual(250);
  });

  it('are not named after nothing: no utils, helpers, common, misc, manager', () => {
    const vague = /^(utils?|helpers?|common|misc|managers?)\./;
    expect(sources.filter((file) => vague.test(basename(file)))).toEqual([]);
  });
});
