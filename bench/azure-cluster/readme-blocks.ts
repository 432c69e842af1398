import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../harness/paths.ts';

const file = join(repository, 'infrastructure', 'terraform', 'azure', 'README.md');

/** What the README of Azure has somebody type, from nothing to the installed chart. */
export interface ReadmeBlocks {
  readonly signIn: string;
  readonly apply: string;
  readonly install: string;
}

/** What cannot be typed here as it stands. */
export interface Differences {
  /** How `az login` signs in where nobody looks at a browser. */
  readonly credentials: string;
  readonly subscription: string;
  readonly environment: string;
  /** Behind the line of helm. */
  readonly helmArguments: string;
}

/** The README's blocks as they stand, but for the differences. @throws Error where the README has no such lines */
export function readmeBlocks(differences: Differences, readme = readFileSync(file, 'utf8')): ReadmeBlocks {
  const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
  const block = (first: string) => blocks.find((text) => text.startsWith(first)) ?? missing(first);
  const { credentials, subscription, environment, helmArguments } = differences;
  return {
    signIn: changed(block('az login\n'), [
      [/^az login$/m, `az login ${credentials}`],
      [/your-subscription-id/, subscription],
    ]),
    apply: changed(block('cd infrastructure/terraform/azure\nterraform init\nterraform apply'), [
      [/production(?=\.tfvars)/, environment],
    ]),
    install: changed(block('az aks get-credentials'), [
      [/(?<=--resource-group day-trade-)production/, environment],
      [/(?<=\nhelm upgrade --install (?:.*\\\n)*.*)\n$/, ` ${helmArguments}\n`],
    ]),
  };
}

function changed(block: string, changes: readonly (readonly [RegExp, string])[]): string {
  return changes.reduce(
    (text, [pattern, by]) => (pattern.test(text) ? text.replace(pattern, () => by) : missing(String(pattern))),
    block,
  );
}

function missing(what: string): never {
  throw new Error(`${file} has nothing to type like ${what}`);
}
