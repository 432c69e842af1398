import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export const readmes = ['README.md', 'docs/README.ja.md'] as const;

/** The guide in both languages, which lists every command and routes of each service. */
export const manuals = ['docs/guide.md', 'docs/guide.ja.md'] as const;

/**
 * The command lines in the shell blocks of a README or a guide, without their comments: one list per block, in the
 * order in which a reader meets them.
 */
export function readmeCommands(name: string): string[][] {
  const text = readFileSync(join(root, name), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block as string);
  return blocks.map((block) =>
    block
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== ''),
  );
}

/** What a page names between backticks in its text and tables: commands, settings, paths, routes. */
export function readmeNames(name: string): Set<string> {
  return new Set(namesInOrder(name));
}

/** The same in the order of the page, as often as it stands there. */
export function namesInOrder(name: string): string[] {
  return namesIn(readFileSync(join(root, name), 'utf8').replaceAll(/^```.*?^```$/gms, ''));
}

/** A heading, paragraph, list item, table row or code block of a page, and the names between backticks in it. */
export interface ReadmeBlock {
  readonly kind: 'heading' | 'paragraph' | 'item' | 'row' | 'code';
  /** The level of a heading, otherwise 0. */
  readonly level: number;
  /** The names of each cell of a table row; empty for any other block. */
  readonly cells: readonly (readonly string[])[];
  /** All names, sorted, since two languages order a sentence differently. */
  readonly names: readonly string[];
}

/** The blocks of a page from top to bottom. */
export function readmeShape(name: string): ReadmeBlock[] {
  const text = readFileSync(join(root, name), 'utf8').replaceAll(/^```.*?^```$/gms, '```');
  const blocks = text.split(/\n+(?=#|\||```|- )|\n\n+/).map((block) => block.trim());
  return blocks.filter((block) => block !== '' && !/^[|\s-]+$/.test(block)).map(toBlock);
}

function toBlock(block: string): ReadmeBlock {
  const cells = (block.startsWith('|') ? block.split('|').slice(1, -1) : [block]).map(namesIn);
  const level = /^#+/.exec(block)?.[0].length ?? 0;
  return { kind: kindOf(block), level, cells: block.startsWith('|') ? cells : [], names: cells.flat().toSorted() };
}

function kindOf(block: string): ReadmeBlock['kind'] {
  if (block.startsWith('#')) return 'heading';
  if (block.startsWith('|')) return 'row';
  if (block.startsWith('- ')) return 'item';
  return block.startsWith('```') ? 'code' : 'paragraph';
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, inside]) => inside as string);
}

/** What a page links to, in order: files of this repository by their path below its root, and addresses. */
export function readmeLinks(name: string): string[] {
  const targets = [...readFileSync(join(root, name), 'utf8').matchAll(/\]\(([^)]+)\)/g)].map(
    ([, target]) => target ?? '',
  );
  return targets.map((target) => (target.includes('://') ? target : posix.join(dirname(name), target)));
}
