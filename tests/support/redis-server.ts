import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RedisAddress } from '@daytrade/jobs/redis';
import { type Certificates, makeCertificates } from './certificates.ts';

interface RedisOptions {
  /** Another address that its certificate is for, as something leads from there to its port. */
  readonly address?: string;
  /** Somebody who has the password, beside the default user. */
  readonly user?: string;
  readonly password?: string;
}

/**
 * A redis-server with a password and TLS alone, on a free port of this machine; what it stored outlives its process.
 */
export class RedisServer implements AsyncDisposable {
  readonly address: RedisAddress;
  readonly certificates: Certificates;
  readonly folder: string;
  #process: ChildProcess | undefined;

  readonly #users: readonly string[];

  private constructor(folder: string, port: number, { address, user, password }: RedisOptions) {
    this.folder = folder;
    this.certificates = makeCertificates(folder, 'test-authority', address);
    const tls = { ca: this.certificates.ca };
    this.address = { host: '127.0.0.1', port, password: password ?? 'a-password-of-the-test', tls };
    this.#users = user === undefined ? [] : ['--user', user, 'on', `>${this.address.password}`, '~*', '&*', '+@all'];
  }

  static async start(options: RedisOptions = {}): Promise<RedisServer> {
    const server = new RedisServer(mkdtempSync(join(tmpdir(), 'day-trade-redis-')), await freePort(), options);
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const { certFile, keyFile, caFile } = this.certificates;
    const { port, password } = this.address;
    const tls = ['--tls-cert-file', certFile, '--tls-key-file', keyFile, '--tls-ca-cert-file', caFile];
    this.#process = spawn(
      'redis-server',
      [
        ['--port', '0', '--tls-port', String(port), ...tls, '--tls-auth-clients', 'no'],
        ['--bind', '127.0.0.1', '--dir', this.folder, '--requirepass', String(password)],
        [...this.#users, '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''],
      ].flat(),
      { stdio: 'ignore' },
    );
    await answers(port);
  }

  async kill(): Promise<void> {
    const process = this.#process;
    if (process === undefined || process.exitCode !== null || process.signalCode !== null) return;
    const exit = once(process, 'exit');
    process.kill('SIGKILL');
    await exit;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const socket = connect(port, '127.0.0.1');
    const open = await Promise.race([
      once(socket, 'connect').then(
        () => true,
        () => false,
      ),
      pause(1_000, false),
    ]);
    socket.destroy();
    if (open) return;
    await pause(50);
  }
  throw new Error(`redis-server does not listen on port ${port}`);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
