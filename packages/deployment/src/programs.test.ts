import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ProgramFailure, Programs } from './programs.ts';

function programs(signal?: AbortSignal) {
  const said: string[] = [];
  const options = { onCommand: (text: string) => said.push(`+ ${text}`), onOutput: (text: string) => said.push(text) };
  return { said, programs: new Programs({ ...options, ...(signal && { signal }) }) };
}
const node = (code: string) => [process.execPath, ['--eval', code]] as const;

describe('a program', () => {
  it('that fails says in its error what it wrote, and how it ended', async () => {
    const failed = programs().programs.run(...node('console.error("no such thing"); process.exit(3)'));
    await expect(failed).rejects.toThrow('ended with 3: ');
    await expect(failed).rejects.toMatchObject({ said: 'no such thing\n' });
  });

  it('that there is not is an error with its name', async () => {
    await expect(programs().programs.run('no-such-program', [])).rejects.toThrow('no-such-program cannot be run');
    await expect(programs().programs.tryRead('no-such-program', [])).resolves.toBeUndefined();
  });

  it('gives what it wrote to whoever reads it, and shows it otherwise', async () => {
    const { said, programs: shown } = programs();
    await shown.run(...node('console.log("shown")'));
    await expect(shown.read(...node('process.stdin.pipe(process.stdout)'), { input: 'answer' })).resolves.toBe(
      'answer',
    );
    expect(said.filter((line) => !line.startsWith('+'))).toEqual(['shown\n']);
    expect(said[0]).toContain('--eval console.log("shown")');
  });

  it('is ended when somebody interrupts, after which only the way back runs', async () => {
    const controller = new AbortController();
    const { programs: interrupted } = programs(controller.signal);
    const onStart = () => setTimeout(() => controller.abort(), 100);
    const running = interrupted.run(...node('setInterval(() => 0, 1000)'), { onStart });
    await expect(running).rejects.toThrow(ProgramFailure);
    await expect(interrupted.run(...node(''))).rejects.toThrow();
    await expect(interrupted.uninterrupted.run(...node(''))).resolves.toBe(0);
  });

  it('of a cluster that never answers is ended after its time, though what it has started goes on', {
    tags: ['long'],
    timeout: 60_000,
  }, async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => silent.close().closeAllConnections());
    const folder = mkdtempSync(join(tmpdir(), 'silent-cluster-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { port } = silent.address() as AddressInfo;
    // As kubectl with a plugin for credentials, which keeps its output open.
    const kubectl = `#!${process.execPath}
      const plugin = ['--eval', 'setTimeout(() => 0, 120_000)'];
      console.error(require('node:child_process').spawn(process.execPath, plugin, { stdio: 'inherit' }).pid);
      require('node:http').get('http://127.0.0.1:${port}/api');`;
    writeFileSync(join(folder, 'kubectl'), kubectl, { mode: 0o755 });
    const quiet = { onCommand: () => undefined, onOutput: () => undefined };
    const here = new Programs({ ...quiet, environment: { PATH: folder } });
    const failure = await here.read('kubectl', ['get', 'pods'], { seconds: 2 }).catch((error: unknown) => error);
    const { message, said, exitCode } = failure as ProgramFailure;
    expect(message).toBe('no answer within 2 s, so it was ended: kubectl get pods');
    expect(exitCode).toBeUndefined();
    // The plugin still runs: nobody waited for it.
    if (said !== '') expect(process.kill(Number(said), 'SIGKILL')).toBe(true);
  });

  it('that goes on is open from what it says until it is ended; one that ends before is a failure', async () => {
    const { programs: usual } = programs();
    const forward = node('console.log("Forwarding from port 17"); setInterval(() => 0, 1000)');
    const open = await usual.open(...forward, /port (\d+)/);
    expect(open).toMatchObject({ found: '17', isOpen: true });
    open.end();
    await vi.waitFor(() => expect(open.isOpen).toBe(false), 10_000);
    const ended = usual.open(...node('console.error("no such pod"); process.exit(1)'), /port (\d+)/);
    await expect(ended).rejects.toMatchObject({ said: 'no such pod\n' });
  });

  it('that goes on and never says that it can be used is ended, and a failure', { tags: ['long'] }, async () => {
    const { programs: usual } = programs();
    const silent = usual.open(...node('console.error("connecting"); setInterval(() => 0, 1000)'), /port (\d+)/, 2);
    await expect(silent).rejects.toThrow(ProgramFailure);
  });

  it('is shown without the values of --set, which may be passwords, but with its image', async () => {
    const { said, programs: shown } = programs();
    const set = ['--set', 'a.token=hidden,b=hidden', '--set', 'image.repository=shown,image.tag=1'];
    const withValues = shown.run(process.execPath, ['--eval', 'process.exit(1)', '--', ...set]);
    const message = await withValues.catch((error: Error) => error.message);
    for (const text of [message, said[0]]) {
      expect(text).toContain('--set a.token=… --set image.repository=shown,image.tag=1');
      expect(text).not.toContain('hidden');
    }
  });

  it('of the way back is not reached by Ctrl-C, which a terminal sends to a whole group of processes', async () => {
    const group = ['-o', 'pgid=', '-p', String(process.pid)];
    const { programs: usual } = programs();
    const own = Number(await usual.read('ps', group));
    const groupOf = async (of: Programs) => Number(await of.read('sh', ['-c', 'ps -o pgid= -p $$']));
    expect(await groupOf(usual)).toBe(own);
    expect(await groupOf(usual.uninterrupted)).not.toBe(own);
  });
});
