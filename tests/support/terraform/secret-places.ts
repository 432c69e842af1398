import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformFolder } from './terraform.ts';

/** A secret of an environment. */
export interface SecretValue {
  readonly name: string;
  readonly value: string;
}

/** What an apply leaves behind. */
export interface AppliedTerraform {
  readonly terraform: TerraformFolder;
  /** The plan that was applied, as `show -json` prints it; the plan itself is the folder's plan.bin. */
  readonly plan: string;
  /** Everything that `plan` and `apply` printed. */
  readonly output: string;
}

/**
 * Where the value of a secret stands: "state: day-trade-production/token". Values are looked for as text and in base64.
 */
export function placesWithSecrets(applied: AppliedTerraform, secrets: readonly SecretValue[]): string[] {
  const places = [
    ...['terraform.tfstate', 'terraform.tfstate.backup'].map((file) => [file, readIfThere(applied, file)] as const),
    ['plan.bin', everyEntry(join(applied.terraform.folder, 'plan.bin'))],
    ['plan as JSON', applied.plan],
    ['output', applied.output],
  ] as const;
  return places.flatMap(([place, text]) =>
    secrets.filter(({ value }) => holds(text, value)).map(({ name }) => `${place}: ${name}`),
  );
}

function holds(text: string, value: string): boolean {
  return text.includes(value) || text.includes(Buffer.from(value).toString('base64').replace(/=+$/, ''));
}

function readIfThere({ terraform }: AppliedTerraform, file: string): string {
  const path = join(terraform.folder, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** A plan file is a zip archive: of the planned changes, the state before, and the configuration. */
function everyEntry(archive: string): string {
  const program =
    'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nfor n in z.namelist(): sys.stdout.buffer.write(z.read(n))';
  return execFileSync('python3', ['-c', program, archive], { encoding: 'latin1', maxBuffer: 1 << 28 });
}
