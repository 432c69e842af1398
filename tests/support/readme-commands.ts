import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The README in both languages. */
export const readmes = ['README.md', 'README.ja.md'] as const;

/**
 * The command lines in the shell blocks of a README, without their comments: one list a block, in the order in which a reader meets them.
 */
export function readmeCommands(name: (typeof readmes)[number]): string[][] {
  const text = readFileSync(join(root, name), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block as string);
  return blocks.map((block) =>
    block
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== ''),
  );
}

/** What a README names between backticks in its text and tables: commands, settings, paths, routes. */
export function readmeNames(name: (typeof readmes)[number]): Set<string> {
  const text = readFileSync(join(root, name), 'utf8').replaceAll(/^```.*?^```$/gms, '');
  return new Set([...text.matchAll(/`([^`\n]+)`/g)].map(([, inside]) => inside as string));
}
