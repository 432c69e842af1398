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
  const child = spawn(process.execPath, [join(import.meta.dirname, 'end-by-signal.fixture.ts'), pipe], {
    env: {
      PATH: process.env.PATH,
      DAYTRADE_SETTINGS_FILE: '/dev/null',
      DAYTRADE_STATE_DIR: join(folder, 'state'),
      DAYTRADE_PORT: '0',
      DAYTRADE_DATABASE_URL: 'postgres://day:none@127.0.0.1:1?sslmode=disable',
      DAYTRADE_REDIS_URL: 'redis://:none@127.0.0.1:1',
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
