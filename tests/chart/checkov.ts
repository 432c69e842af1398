import { join } from 'node:path';
import { installCheckov } from '../support/checkov.ts';
import { root, run } from './programs.ts';

interface Report {
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly resource: string;
      readonly file_path: string;
    }[];
  };
  readonly summary: {
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    readonly parsing_errors: number;
  };
}

/** What checkov found: how many checks passed, were waived at an object, and each that failed with its object. */
export interface Findings {
  readonly passed: number;
  readonly waived: number;
  readonly failed: readonly string[];
  /** Files that it could not read. */
  readonly unread: number;
}

export interface Scan {
  readonly framework: 'helm' | 'kubernetes' | 'dockerfile';
  /** What is scanned, as arguments. */
  readonly target: readonly string[];
  /** The only policies that are asked, waived or not; all but the waived ones where none is named. */
  readonly policies?: readonly string[];
}

const settings = ['--config-file', join(root, 'infrastructure', '.checkov.yaml')];
const quiet = ['--skip-download', '--compact', '--quiet', '--output', 'json'];

/** Runs checkov's policies, installing it the first time (a minute), and asks nobody on the network. */
export async function checkov({ framework, target, policies }: Scan): Promise<Findings> {
  const { command } = await installCheckov();
  const chosen = policies === undefined ? settings : ['--check', policies.join(',')];
  // The namespace in which checkov has Helm render a chart.
  const variables: Record<string, string> = framework === 'helm' ? { HELM_NAMESPACE: 'day-trade' } : {};
  const args = [...chosen, ...quiet, '--framework', framework, ...target];
  const { stdout, output } = run(command('checkov'), args, '', variables);
  if (!stdout.trim().startsWith('{')) throw new Error(`checkov ${target.join(' ')} said:\n${output.slice(-4000)}`);
  const { results, summary } = JSON.parse(stdout) as Report;
  return {
    passed: summary.passed,
    waived: summary.skipped,
    failed: results.failed_checks.map((check) => `${check.check_id} ${check.resource} ${check.file_path}`),
    unread: summary.parsing_errors,
  };
}
