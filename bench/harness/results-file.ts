import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './paths.ts';
import type { SuiteResult } from './result.ts';

const path = join(repository, 'bench', 'results.json');

/** The newest full run of each suite. */
export function readResults(): readonly SuiteResult[] {
  if (!existsSync(path)) return [];
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly suites: readonly SuiteResult[] }).suites;
}

/** Puts new results in the place of older ones of the same suites, and gives all of them. */
export function keepResults(results: readonly SuiteResult[]): readonly SuiteResult[] {
  const renewed = new Set(results.map((result) => result.suite));
  const kept = [...readResults().filter(({ suite }) => !renewed.has(suite)), ...results];
  const suites = kept.toSorted((a, b) => a.suite.localeCompare(b.suite));
  writeFileSync(path, `${JSON.stringify({ suites }, undefined, 2)}\n`);
  return suites;
}
