import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDeclarations } from '../../../infrastructure/terraform/declarations.ts';
import { repositoryRoot } from '../../support/running-process.ts';

const folder = join(repositoryRoot, 'infrastructure', 'terraform');

interface SupportDates {
  readonly 'amazon-eks': { readonly source: string; readonly versions: Readonly<Record<string, string>> };
}

const dates = JSON.parse(readFileSync(join(folder, 'support-dates.json'), 'utf8')) as SupportDates;
const daysUntil = (date: string) => (Date.parse(date) - Date.now()) / 86_400_000;

describe('the version of Kubernetes that a new environment gets', () => {
  const declared = readDeclarations(join(folder, 'aws')).find(({ name }) => name === 'eks_version');
  const version = JSON.parse(declared?.default ?? 'null') as string;

  it('is one whose end of support is known, with its source', () => {
    expect(Object.keys(dates['amazon-eks'].versions)).toContain(version);
    expect(dates['amazon-eks'].source).toMatch(/^https:/);
  });

  it('has standard support for another month: past that day EKS upgrades by itself, and a plan wants back', () => {
    expect(daysUntil(dates['amazon-eks'].versions[version] ?? '')).toBeGreaterThan(30);
  });
});
