import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Programs, type Target, terraformFolder } from '@daytrade/deployment';
import type { Measured, PolicyFinding } from '../steps/step-result.ts';

interface Checked {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
  readonly file_path: string;
  readonly file_line_range?: readonly number[];
  readonly check_result?: { readonly suppress_comment?: string | null };
}

interface Report {
  readonly results: { readonly failed_checks?: readonly Checked[]; readonly skipped_checks?: readonly Checked[] };
  readonly summary: { readonly passed: number; readonly failed: number; readonly skipped: number };
}

/** Has checkov judge the environment's Terraform, our own policies among its own, without asking anybody. */
export async function policies(programs: Programs, root: string, target: Target): Promise<Measured> {
  const folder = terraformFolder(root, target);
  const settings = join(folder, '.checkov.yaml');
  const own = ['--config-file', settings, '--external-checks-dir', join(folder, 'policies')];
  const args = ['--directory', folder, '--var-file', join(folder, `${target.environment}.tfvars`)];
  const quiet = ['--skip-download', '--compact', '--output', 'json', '--framework', 'terraform'];
  const given = [...args, ...(existsSync(settings) ? own : []), ...quiet];
  const text = await programs.read('checkov', given, { allowed: [0, 1] });
  return measuredOf(JSON.parse(text) as Report);
}

/** What a report of checkov says, as figures and findings; those that are broken come first. */
export function measuredOf({ results, summary }: Report): Measured {
  const broken = (results.failed_checks ?? []).map((check) => findingOf(check));
  const waived = (results.skipped_checks ?? []).map((check) =>
    findingOf(check, check.check_result?.suppress_comment ?? ''),
  );
  return {
    figures: [
      { id: 'policiesPassed', value: summary.passed, unit: '', bar: { least: 1 } },
      { id: 'policiesFailed', value: summary.failed, unit: '', bar: { most: 0 } },
      { id: 'policiesWaived', value: summary.skipped, unit: '' },
    ],
    policies: [...broken, ...waived],
  };
}

function findingOf(check: Checked, reason?: string): PolicyFinding {
  const line = check.file_line_range?.[0];
  const where = `${check.resource} (${check.file_path}${line === undefined ? '' : `:${line}`})`;
  return { id: check.check_id, name: check.check_name, where, ...(reason !== undefined && { reason }) };
}
