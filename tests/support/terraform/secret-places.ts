import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { AppliedTerraform } from './applied-terraform.ts';

export interface SecretValue {
  readonly name: string;
  readonly value: string;
}

/** Expects secrets to stand nowhere that an apply leaves something. */
export function expectHidden(applied: AppliedTerraform, secrets: readonly SecretValue[]): void {
  expect(placesWithSecrets(applied, secrets)).toEqual([]);
  // What does stand everywhere is found everywhere: the search can fail.
  const bait = placesWithSecrets(applied, [{ name: 'bait', value: 'day-trade-production' }]);
  expect(bait.length).toBeGreaterThanOrEqual(4);
}

/**
 * Where the value of a secret stands: "state: day-trade-production/token". Values are looked for as text and in base64.
 */
function placesWithSecrets(applied: AppliedTerraform, secrets: readonly SecretValue[]): string[] {
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
