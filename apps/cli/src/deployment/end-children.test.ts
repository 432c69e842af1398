import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { ownProcesses } from './processes.ts';

it('a deployment that ends at once, by a second Ctrl-C, leaves nothing running', async () => {
  const fixture = join(import.meta.dirname, 'end-children.fixture.ts');
  const deployment = spawn(process.execPath, [fixture], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  deployment.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  expect(await once(deployment, 'close')).toEqual([null, 'SIGTERM']);
  const began = new Date().toISOString();
  try {
    await vi.waitFor(() => expect(ownProcesses.isAlive(Number(said), began)).toBe(false), 20_000);
  } finally {
    if (ownProcesses.isAlive(Number(said), began)) process.kill(Number(said), 'SIGKILL');
  }
});
