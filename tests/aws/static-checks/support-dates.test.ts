import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../support/running-process.ts';
import { readDeclarations } from '../../support/terraform/declarations.ts';

const folder = join(repositoryRoot, 'infrastructure', 'terraform');

interface Supported {
  readonly source: string;
  /** The last day by version. */
  readonly versions: Readonly<Record<string, string>>;
}

type Product = 'amazon-eks' | 'postgresql';

const dates = JSON.parse(readFileSync(join(folder, 'support-dates.json'), 'utf8')) as Record<Product, Supported>;
const declarations = readDeclarations(join(folder, 'aws'));
const defaultOf = (variable: string) =>
  JSON.parse(declarations.find(({ name }) => name === variable)?.default ?? 'null') as string;
const daysUntil = (date: string) => (Date.parse(date) - Date.now()) / 86_400_000;

// Past that day EKS upgrades a cluster by itself, and a plan wants back; a database costs more, and upgrades later.
describe.each<[Product, string]>([
  ['amazon-eks', defaultOf('eks_version')],
  ['postgresql', defaultOf('db_engine_version')],
])('the version of %s that a new environment gets: %s', (product, version) => {
  it('is one whose end of support is known, with its source', () => {
    expect(Object.keys(dates[product].versions)).toContain(version);
    expect(dates[product].source).toMatch(/^https:/);
  });

  it('has standard support for another month', () => {
    expect(daysUntil(dates[product].versions[version] ?? '')).toBeGreaterThan(30);
  });
});
