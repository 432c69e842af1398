import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsSchema } from '@daytrade/contracts';
import { errorCodes } from '@daytrade/errors';
import { describe, expect, it } from 'vitest';
import { everyCommand } from '../../apps/cli/src/define-command.ts';
import { loadProgram } from '../../apps/cli/src/program.ts';
import { namesInOrder, readmeCommands, readmeLinks, readmeShape, readmes } from '../support/readme-commands.ts';

const root = join(import.meta.dirname, '..', '..');
/** Each guide in English and in Japanese. */
const guidePairs = [
  ['docs/guide.md', 'docs/guide.ja.md'],
  ['docs/strategies.md', 'docs/strategies.ja.md'],
  ['docs/operations.md', 'docs/operations.ja.md'],
  ['docs/scaling.md', 'docs/scaling.ja.md'],
  ['docs/troubleshooting.md', 'docs/troubleshooting.ja.md'],
  ['docs/SECURITY.md', 'docs/security.ja.md'],
] as const;

const english = new Map<string, string>([
  ['docs/README.ja.md', 'README.md'],
  ...guidePairs.map(([inEnglish, inJapanese]) => [inJapanese, inEnglish] as const),
]);

/** A page or picture by its English name, since a page links to those of its own language. */
function inEnglish(target: string): string {
  return english.get(target) ?? target.replace(/\.ja\.png$/, '.png');
}

const guides = guidePairs.flat();

/** What a person types; other names may stand in another order, as the sentences of a language do. */
const typed = /^(?:[A-Z_]+=\S+ )*(?:\.\/)?(?:daytrade|kubectl|helm|terraform|npm|node|docker|infrastructure\/\S+\.sh) /;

const ofOneLanguage = /^(docs\/)?README|^docs\/images\//;

describe.each([readmes, ...guidePairs])('%s and %s', (en, ja) => {
  it('have the same commands to copy, in the same order', () => {
    expect(readmeCommands(ja)).toEqual(readmeCommands(en));
    expect(readmeCommands(en).flat().length).toBeGreaterThan(2);
  });

  it('name the same commands in the text and the tables, in the same order', () => {
    const commands = (page: string) => namesInOrder(page).filter((name) => typed.test(name));
    expect(commands(ja)).toEqual(commands(en));
  });

  it('have the same headings, paragraphs, lists and table rows, with the same names in each', () => {
    expect(readmeShape(ja)).toEqual(readmeShape(en));
  });

  it('link to the same pages in the same order', () => {
    // Each README begins with a link to the other one, and shows the page in its language.
    const links = (page: string) =>
      readmeLinks(page)
        .map(inEnglish)
        .filter((target) => !ofOneLanguage.test(target));
    expect(links(ja)).toEqual(links(en));
  });
});

describe.each(guides)('%s', (guide) => {
  const text = readFileSync(join(root, guide), 'utf8');
  const code = [...readmeCommands(guide).flat(), ...namesInOrder(guide)];

  it('calls daytrade as the program takes it', async () => {
    const called = code.filter((line) => /^(?:[A-Z_]+=\S+ )*(?:\.\/)?daytrade \w/.test(line));
    expect(called.length).toBeGreaterThan(3);
    const refusals = await Promise.all(called.map(refusal));
    expect(refusals.filter((reason) => reason !== undefined)).toEqual([]);
  });

  it('names options that some command has', async () => {
    const known = everyCommand(await loadProgram([], async () => undefined)).flatMap(({ options }) =>
      options.map(({ long }) => long),
    );
    const named = code.filter((name) => name.startsWith('--')).map((name) => name.split(' ')[0]);
    expect(named.filter((name) => ![...known, '--help'].includes(name))).toEqual([]);
  });

  it('names settings, error codes and files that there are', () => {
    const settings = [...text.matchAll(/\bDAYTRADE_[A-Z\d_]+/g)].map(([name]) => name);
    expect(settings.filter((name) => !(name in settingsSchema.shape))).toEqual([]);
    const families = new Set(Object.keys(errorCodes).map((each) => each.split('.')[0]));
    const codes = code.filter(
      (name) => /^[a-z]+\.[a-z]+(?:-[a-z]+)*$/.test(name) && families.has(name.split('.')[0] ?? ''),
    );
    expect(codes.filter((name) => !(name in errorCodes))).toEqual([]);
    const files = code.filter((name) => /^(?:\.github|infrastructure|docs|packages)\/\S+$/.test(name));
    expect(files.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });

  it('links to pages and headings that there are', () => {
    const targets = readmeLinks(guide).filter((target) => !target.includes('://'));
    expect(targets.length).toBeGreaterThan(2);
    expect(targets.filter((target) => !isThere(target))).toEqual([]);
  });
});

/** Why the program does not take a command line; undefined where it does. */
async function refusal(line: string): Promise<string | undefined> {
  const program = await loadProgram([], async () => undefined);
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  }
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const redirected = words.findIndex((word) => word.startsWith('>'));
  const [, ...given] = (redirected < 0 ? words : words.slice(0, redirected)).filter((word) => !/^[A-Z_]+=/.test(word));
  try {
    program.parse(['node', 'daytrade', ...given]);
    return undefined;
  } catch (error) {
    return `${line}: ${(error as Error).message}`;
  }
}

/** Whether a link leads to a file, and to a heading of it where it names one. */
function isThere(target: string): boolean {
  const [file = '', heading] = target.split('#');
  const page = join(root, file);
  if (!existsSync(page)) return false;
  if (heading === undefined) return true;
  const headings = [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => anchorOf(title));
  return headings.includes(heading);
}

/** As GitHub makes the anchor of a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}
