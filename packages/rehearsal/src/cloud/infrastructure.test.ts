import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Programs } from '@daytrade/deployment';
import { afterAll, expect, it } from 'vitest';
import { RehearsedInfrastructure } from './infrastructure.ts';

const copy = mkdtempSync(join(tmpdir(), 'rehearsed-infrastructure-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const root = join(import.meta.dirname, '..', '..', '..', '..');
const target = { cloud: 'aws', environment: 'development' } as const;

/** In the place of Terraform: `sh` says what it would, and fails. */
class FailingTerraform extends Programs {
  said = '';

  constructor() {
    super({ onCommand: () => undefined, onOutput: () => undefined });
  }

  override async readIfThere(_: string, __: readonly string[], absent: RegExp): Promise<string | undefined> {
    return await super.readIfThere('sh', ['-c', 'echo "$1" >&2; exit 1', 'sh', this.said], absent);
  }

  override async tryRead(): Promise<string | undefined> {
    return undefined;
  }
}

it('says that nothing is left only where Terraform says so, and not where it cannot be asked', async () => {
  const programs = new FailingTerraform();
  const infrastructure = new RehearsedInfrastructure(root, copy, target, programs, Date.now);
  programs.said = 'No state file was found!';
  const { figures } = await infrastructure.destroy(programs);
  expect(figures).toEqual([{ id: 'left', value: 0, unit: '', bar: { most: 0 } }]);
  programs.said = 'Error: Failed to load state: unexpected end of JSON input';
  await expect(infrastructure.destroy(programs)).rejects.toThrow('Failed to load state');
});
