import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../support/steps.ts';
import type { AppliedEnvironment } from '../environments/applied-environment.ts';
import { awsPython } from '../tooling/aws-python.ts';
import { regions } from '../tooling/simulator.ts';

/** A secret of an environment. */
export interface SecretValue {
  readonly name: string;
  readonly value: string;
}

/** Asks the account for the values of its secrets. */
export async function findSecretValues({ simulator }: AppliedEnvironment): Promise<SecretValue[]> {
  const { python } = await awsPython();
  const script = join(import.meta.dirname, 'secret_values.py');
  const { stdout } = await run(python, [script, regions[0]], { environment: simulator.environment });
  return Object.entries<string>(JSON.parse(stdout)).map(([name, value]) => ({ name, value }));
}

/**
 * Where the value of a secret stands: "state: day-trade-production/token". Values are looked for as text and in base64.
 */
export function placesWithSecrets(applied: AppliedEnvironment, secrets: readonly SecretValue[]): string[] {
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

function readIfThere({ terraform }: AppliedEnvironment, file: string): string {
  const path = join(terraform.folder, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** A plan file is a zip archive: of the planned changes, the state before, and the configuration. */
function everyEntry(archive: string): string {
  const program =
    'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nfor n in z.namelist(): sys.stdout.buffer.write(z.read(n))';
  return execFileSync('python3', ['-c', program, archive], { encoding: 'latin1', maxBuffer: 1 << 28 });
}
