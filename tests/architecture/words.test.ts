import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const width = 120;

/** Pages whose long lines a command writes from measured results. */
const writtenPages = ['docs/performance.md'];

/** Everything that people read: pages, sources, Terraform, charts, scripts. */
const written = ['**/*.{md,ts,tsx,mjs,tf,hcl,yaml,tpl,py,sh}', 'infrastructure/docker/Dockerfile', '.ci/*', 'daytrade'];
const files = globSync(written, {
  cwd: root,
  exclude: (name) => (name.startsWith('.') && name !== '.ci') || ['node_modules', 'dist', 'coverage'].includes(name),
}).filter((file) => file !== 'tests/architecture/words.test.ts');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

function placesOf(text: string, phrase: RegExp): string[] {
  return [...text.matchAll(new RegExp(phrase, 'gi'))].map(({ 0: match, index }) =>
    text.slice(Math.max(0, index - 40), index + match.length + 40),
  );
}

/** Lines of prose in a page: neither tables nor blocks of code, nor a single command that cannot be broken. */
function prose(page: string): string[] {
  const lines = page.replaceAll(/^```.*?^```$/gms, '').split('\n');
  return lines.filter((line) => !/^\||^ {4,}\S/.test(line) && !/^ *(?:[-*]|\d+\.)? *`[^`]+`[.,;:]?$/.test(line));
}

/** Comments that a tool reads, each on the line that it belongs to. */
const waivers = /oxlint-disable|checkov:skip/;

/** Lines of a source that hold nothing but a comment; the formatter keeps the others short. */
function comments(source: string): string[] {
  return source.split('\n').filter((line) => /^\s*(?:\/\/|\/?\*|# |\{\{-? *\/\*)/.test(line) && !waivers.test(line));
}

/**
 * A regular expression alone, markup in a template, where a line break is part of the page, or the title of a test, which
 * the formatter keeps beside its function.
 */
const unbreakable = /^\s*\/.*\/[a-z]*[,;]?$|<\/?[a-z][a-z\d]*(?: [a-z-]+="|>)|^\s*(?:it|describe)\(['"`]/;

/** Lines of a source that can be broken. What a template escapes is as long as it prints. */
function code(source: string): string[] {
  const lines = source.replaceAll('\\`', '`').split('\n');
  return lines.filter((line) => !unbreakable.test(line) && !waivers.test(line));
}

it('no page runs a TypeScript file by the Node.js of the PATH, which may be too old', () => {
  const pages = files.filter((file) => file.endsWith('.md'));
  const bare = pages.flatMap((file) => placesOf(read(file), /\bnode (?!scripts\/run\.mjs)[\w./-]+\.ts\b/));
  expect(bare).toEqual([]);
});

it('lines of pages, comments and code have at most 120 characters, strings too, which the formatter does not break', () => {
  expect(files.length).toBeGreaterThan(550);
  const linesOf = (file: string, text: string) => {
    if (file.endsWith('.md')) return writtenPages.includes(file) ? [] : prose(text);
    return /\.(?:tsx?|mjs)$/.test(file) ? code(text) : comments(text);
  };
  const long = files.flatMap((file) =>
    linesOf(file, read(file)).flatMap((line) => (line.length > width ? `${file}: ${line}` : [])),
  );
  expect(long).toEqual([]);
});

/** Openings and words of sentences that have to be read twice. */
const opener = /^(?:What|Who|Whom|Whose|Whether|How|Where|Of|By|Up to|But for|Beside)\b/;
const strange = /\b(?:nobody|somebody|whoever|whichever|is none|but for|beside it|anew|by whom|of whom|as said)\b/i;
const ofTests = /(?:^|\/)(?:testing|tests|oracles|fixtures)\/|\.(?:test|suite|fixture|d)\.tsx?$/;

it.each([
  ['comments of the product', /^(?:packages|services|apps|scripts|infrastructure)\/.*\.tsx?$/, comments],
  ['documents', /(?<!\.ja)\.md$/, prose],
] as const)('at most 3 %% of the sentences in %s have to be read twice', (_, wanted, linesOf) => {
  const odd: string[] = [];
  let all = 0;
  for (const file of files.filter((each) => wanted.test(each) && !ofTests.test(each))) {
    const lines = linesOf(read(file)).map((line) => line.replace(/^#+ .*|^[\s/*>-]+|\s*\*\/$/g, ''));
    for (const sentence of lines.join(' ').split(/(?<=[.;:])\s+(?=[A-Z@])|\s{2,}/)) {
      if (sentence.split(' ').length < 4) continue;
      all += 1;
      if (opener.test(sentence) || strange.test(sentence)) odd.push(`${file}: ${sentence.slice(0, 120)}`);
    }
  }
  expect(odd.length / all, odd.join('\n')).toBeLessThan(0.03);
});
