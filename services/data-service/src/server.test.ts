import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-server-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface LogLine {
  readonly msg: string;
  readonly level: number;
  readonly code?: string;
}

/** The process of the service with its log lines. */
function startServer(environment: Record<string, string>) {
  const env = { PATH: process.env.PATH, DAYTRADE_STATE_DIR: folder, DAYTRADE_DATA_PORT: '0', ...environment };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'server.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const lines: LogLine[] = [];
  const listening = new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (text) => {
      const line = JSON.parse(text) as LogLine;
      lines.push(line);
      const url = /^listening at (\S+)$/.exec(line.msg)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  return { child, exited, lines, listening };
}

describe('the process of the service', () => {
  it('is ready, drains at SIGTERM and ends with 0', async () => {
    const { child, exited, lines, listening } = startServer({});
    expect((await fetch(`${await listening}/readyz`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(lines.map(({ msg }) => msg).slice(-2)).toEqual(['draining', 'closed']);
  });

  it.each([
    [{ DAYTRADE_DATA_PORT: 'eighty' }, 2, 'settings.invalid', /^DAYTRADE_DATA_PORT="eighty"/],
    [{ DAYTRADE_HOST: '0.0.0.0' }, 2, 'settings.invalid', /^DAYTRADE_HOST="0\.0\.0\.0" is beyond loopback/],
  ])('ends with one line that says why it cannot start: %j', async (environment, code, errorCode, message) => {
    const { exited, lines } = startServer(environment);
    expect(await exited).toEqual([code, null]);
    const fatal = lines.filter(({ level }) => level === 60);
    expect(fatal).toMatchObject([{ code: errorCode, msg: expect.stringMatching(message) as string }]);
  });
});
