import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Finished, RunningProcess, repositoryRoot, temporaryFolder } from '../running-process.ts';
import { cacheFolder, isThere, run } from '../steps.ts';

/** Where Terraform finds its providers, or why it cannot run here. */
export interface TerraformThere {
  /** Path of the command line's configuration; undefined when `missing` is given. */
  readonly configuration?: string;
  /** Why tests are skipped; empty when Terraform can run. */
  readonly missing: string;
}

/** Looks for Terraform 1.11 or newer, and for providers: TF_CLI_CONFIG_FILE, or the command `terraform-providers`. */
export async function findTerraform(): Promise<TerraformThere> {
  if (!(await isThere('terraform', 'version'))) return { missing: 'terraform is not on the PATH' };
  const given = process.env.TF_CLI_CONFIG_FILE;
  if (given !== undefined && existsSync(given)) return { configuration: given, missing: '' };
  if (!(await isThere('sh', '-c', 'command -v terraform-providers'))) {
    return { missing: 'no provider of a cloud: set TF_CLI_CONFIG_FILE, or put terraform-providers on the PATH' };
  }
  const configuration = join(cacheFolder(), 'providers.tfrc');
  await run('flock', [`${configuration}.lock`, 'sh', '-ceu', copyConfiguration, 'sh', configuration]);
  return { configuration, missing: '' };
}

/**
 * The command writes a file of its own anew each time, while other test files may read it: so they read a copy, put
 * there whole.
 */
const copyConfiguration = `
  made=$(terraform-providers)
  cp "$made" "$1.part"
  mv "$1.part" "$1"`;

/** The title's end of a suite that needs Terraform. */
export function unless(missing: string): string {
  return missing === '' ? '' : ` (skipped: ${missing})`;
}

/** A copy of the Terraform code, so that no run leaves anything in the work tree. */
export class TerraformFolder {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;

  /**
   * @param root the folder below infrastructure/terraform that commands run in, such as `aws`
   * @param environment further variables, such as the simulator's
   */
  constructor(terraform: TerraformThere, root: string, environment: Readonly<Record<string, string>> = {}) {
    const copy = temporaryFolder('terraform');
    const source = join(repositoryRoot, 'infrastructure');
    const left = /\/(\.terraform|dist|node_modules)(\/|$)|\.tfstate/;
    cpSync(source, join(copy, 'infrastructure'), { recursive: true, filter: (path) => !left.test(path) });
    this.folder = join(copy, 'infrastructure', 'terraform', root);
    this.environment = {
      TF_CLI_CONFIG_FILE: terraform.configuration ?? '',
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      CHECKPOINT_DISABLE: '1',
      ...environment,
    };
  }

  /** Runs `terraform …` to its end. @throws Error with its output when the exit code is none of `allowed` */
  run(args: readonly string[], allowed: readonly number[] = [0]): Promise<Finished> {
    return run('terraform', args, { ...this.options(), allowed });
  }

  /** Starts `terraform …` and does not wait. */
  start(args: readonly string[]): RunningProcess {
    return new RunningProcess('terraform', args, this.options());
  }

  private options() {
    return { folder: this.folder, environment: this.environment, timeoutSeconds: 900 };
  }
}
