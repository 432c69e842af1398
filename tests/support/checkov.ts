import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { figure } from './figure.ts';
import { pythonEnvironment } from './python.ts';
import { repositoryRoot } from './running-process.ts';
import { run, step } from './steps.ts';

const report = z.object({
  results: z.object({
    passed_checks: z.array(z.object({ check_id: z.string() })).default([]),
    failed_checks: z.array(z.object({ check_id: z.string(), resource: z.string(), file_path: z.string() })).default([]),
    parsing_errors: z.array(z.string()).default([]),
  }),
  summary: z.object({ passed: z.number(), failed: z.number(), skipped: z.number() }),
});

const roots = join(repositoryRoot, 'infrastructure', 'terraform');
/** Arguments with the policies of all roots of Terraform. */
export const policySettings = [
  `--config-file=${join(roots, '.checkov.yaml')}`,
  `--external-checks-dir=${join(roots, 'policies')}`,
] as const;

export interface Scan {
  readonly name: string;
  readonly framework: 'helm' | 'kubernetes' | 'dockerfile' | 'terraform';
  /** Arguments with what is scanned, and settings of the policies. */
  readonly args: readonly string[];
  /** The number of checks that more must pass. */
  readonly atLeast: number;
}

/**
 * Expects that no policy of checkov is broken, without asking anybody on the network. The first time installs it, in a
 * minute.
 * @returns the policies that are followed
 */
export async function expectFollowed({ name, framework, args, atLeast }: Scan): Promise<Set<string>> {
  const { command } = await pythonEnvironment('checkov', join(import.meta.dirname, 'checkov-requirements.txt'));
  const all = ['--skip-download', '--compact', '--output', 'json', '--framework', framework, ...args];
  // The namespace in which checkov has Helm render a chart.
  const environment = { HELM_NAMESPACE: 'day-trade' };
  const ended = await step(`checkov for ${name}`, () => run(command('checkov'), all, { environment, allowed: [0, 1] }));
  const { results, summary } = report.parse(JSON.parse(ended.stdout));
  figure(`checkov for ${name}`, `${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} waived`);
  expect(results.parsing_errors).toEqual([]);
  expect(results.failed_checks.map((check) => `${check.check_id} ${check.resource} ${check.file_path}`)).toEqual([]);
  expect(summary.passed).toBeGreaterThan(atLeast);
  return new Set(results.passed_checks.map((check) => check.check_id));
}
