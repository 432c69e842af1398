import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateFolder } from '@daytrade/storage/state-folder';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from '../command-line.ts';
import type { Terminal } from '../output/terminal.ts';

let folder: string;
let state: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-up-'));
  state = join(folder, 'state');
  vi.stubEnv('DAYTRADE_PORT', '0');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

async function up() {
  let said = '';
  const stream = { isTTY: false, write: (text: string) => (said += text) };
  const before = process.exitCode;
  try {
    const terminal = { stdout: stream, stderr: stream } as unknown as Terminal;
    await runCommandLine(['node', 'daytrade', 'up', '--state-dir', state], terminal);
    return { exitCode: process.exitCode, said };
  } finally {
    process.exitCode = before;
  }
}

describe('up says before it loads the services', () => {
  it('that others listen on its ports, and which setting moves all of them', async () => {
    const ml = createServer().listen(0, '127.0.0.1');
    await once(ml, 'listening');
    const { port } = ml.address() as AddressInfo;
    const page = createServer().listen(port + 80, '127.0.0.1');
    await once(page, 'listening');
    const ports = [port, port + 80];
    try {
      vi.stubEnv('DAYTRADE_PORT', String(port));
      const { exitCode, said } = await up();
      expect(exitCode).toBe(5);
      expect(said).toContain(`error: port ${ports.join(', ')} on 127.0.0.1: another program listens there; `);
      expect(said).toContain('move all ports with one setting, as DAYTRADE_PORT=9000');
      expect(said).not.toContain('load the code');
      expect(existsSync(state)).toBe(false);
    } finally {
      for (const server of [ml, page]) server.close();
    }
  });

  it('that another process has the state folder', async () => {
    const held = await StateFolder.open({ path: state, purpose: 'a test', now: Date.now });
    try {
      const { exitCode, said } = await up();
      expect(exitCode).toBe(4);
      expect(said).toContain(`the state folder ${state} is in use by process ${process.pid} (a test) since`);
      expect(said).not.toContain('load the code');
    } finally {
      await held.close();
    }
  });
});
