import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { installCheckov } from '../checkov.ts';
import { run } from '../steps.ts';

const check = z.object({
  check_id: z.string(),
  check_name: z.string(),
  resource: z.string(),
  file_path: z.string(),
  file_line_range: z.array(z.number()),
  check_result: z.object({ suppress_comment: z.string().nullish() }),
});

const report = z.object({
  results: z.object({
    passed_checks: z.array(z.object({ check_id: z.string() })).default([]),
    failed_checks: z.array(check).default([]),
    // Left out where there are none.
    skipped_checks: z.array(check).default([]),
    parsing_errors: z.array(z.string()).default([]),
  }),
  summary: z.object({ passed: z.number(), failed: z.number(), skipped: z.number() }),
});

/** What checkov says of a folder: its `summary`, and single results by verdict. */
export type CheckovReport = z.infer<typeof report>;

/** Settings of checkov for a folder of Terraform code, beside comments at resources; undefined where there are none. */
export function settingsOf(folder: string): string | undefined {
  const file = join(folder, '.checkov.yaml');
  return existsSync(file) ? file : undefined;
}

/**
 * Runs the policies for Terraform over a folder, its own ones in `policies/` among them, without asking anybody on the
 * network.
 */
export async function checkov(folder: string, variables: readonly string[]): Promise<CheckovReport> {
  const { command } = await installCheckov();
  const files = variables.flatMap((file) => ['--var-file', join(folder, file)]);
  const settings = settingsOf(folder);
  const own =
    settings === undefined ? [] : ['--config-file', settings, '--external-checks-dir', join(folder, 'policies')];
  const quiet = ['--skip-download', '--compact', '--output', 'json', '--framework', 'terraform'];
  const ended = await run(command('checkov'), ['--directory', folder, ...files, ...own, ...quiet], { allowed: [0, 1] });
  return report.parse(JSON.parse(ended.stdout));
}
