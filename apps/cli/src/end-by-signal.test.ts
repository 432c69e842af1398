import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('a process that waits for a file which never opens ends after SIGTERM', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'daytrade-ends-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const ports = ['ML', 'DATA', 'SCHEDULER', 'DASHBOARD'].map((name) => [`DAYTRADE_${name}_PORT`, '0']);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'end-by-signal.fixture.ts'), pipe], {
    env: { PATH: process.env.PATH, DAYTRADE_STATE_DIR: join(folder, 'state'), ...Object.fromEntries(ports) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    let said = '';
    child.stderr.on('data', (text) => (said += String(text)));
    await once(child.stdout, 'data');
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([null, 'SIGTERM']);
    expect(said).toContain('something that was told to stop does not');
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
});
