import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { goInstall, goInstallInto } from '../go-install.ts';
import { repositoryRoot } from '../running-process.ts';
import { cacheFolder, isThere, run, step } from '../steps.ts';

const version = 'v0.64.0';
const module = 'github.com/terraform-linters/tflint';

/** Path of tflint, built from its Go module the first time (minutes); or why it cannot be had. */
export async function tflint(): Promise<{ readonly path: string; readonly missing: string }> {
  if (await isThere('tflint', '--version')) return { path: 'tflint', missing: '' };
  const folder = cacheFolder(`tflint-${version}`);
  const path = join(folder, 'tflint');
  if (existsSync(path)) return { path, missing: '' };
  if (!(await isThere('go', 'version'))) return { path, missing: 'neither tflint nor go is on the PATH' };
  // Two suites may want it at the same time: whoever comes second waits, and finds it.
  const once = ['sh', '-ceu', 'tflint=$1; shift; test -x "$tflint" || go "$@"', 'sh', path];
  const install = [...once, ...goInstall(`${module}@${version}`)];
  const missing = await step(`build tflint ${version}`, () =>
    run('flock', [`${folder}.lock`, ...install], { environment: goInstallInto(folder) }).then(
      () => '',
      (error: Error) => `tflint ${version} cannot be built: ${error.message.slice(-500)}`,
    ),
  );
  return { path, missing };
}

/** What tflint, at this path, says of a folder and those below it, by the rules beside this file. */
export async function lint(
  path: string,
  folder: string,
): Promise<{ readonly issues: unknown[]; readonly errors: unknown[] }> {
  const rules = join(repositoryRoot, 'tests', 'support', 'terraform', 'tflint.hcl');
  const args = ['--recursive', '--format=json', `--config=${rules}`];
  const { stdout } = await run(path, args, { folder, allowed: [0, 2] });
  const { issues, errors } = JSON.parse(stdout);
  return { issues, errors };
}
