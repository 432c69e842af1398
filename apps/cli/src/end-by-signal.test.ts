import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('a process that waits for a file which never opens ends after SIGTERM', { tags: ['long'] }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'daytrade-ends-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  // Nothing listens at port 1: the service neither needs the database nor Redis to listen itself.
  const nowhere = { HOST: '127.0.0.1', PORT: '1', PASSWORD: 'none', TLS: 'off' };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'end-by-signal.fixture.ts'), pipe], {
    env: {
      PATH: process.env.PATH,
      DAYTRADE_SETTINGS_FILE: '/dev/null',
      DAYTRADE_STATE_DIR: join(folder, 'state'),
      DAYTRADE_SCHEDULER_PORT: '0',
      ...Object.fromEntries(Object.entries(nowhere).map(([name, value]) => [`DAYTRADE_DATABASE_${name}`, value])),
      ...Object.fromEntries(Object.entries(nowhere).map(([name, value]) => [`DAYTRADE_REDIS_${name}`, value])),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    let said = '';
    child.stderr.on('data', (text) => (said += String(text)));
    child.stdout.on('data', (text) => {
      said += String(text);
      if (String(text).includes('listening at')) child.kill('SIGTERM');
    });
    expect(await once(child, 'exit'), said).toEqual([null, 'SIGTERM']);
    expect(said).toContain('something does not stop, so the process is ended');
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
});
