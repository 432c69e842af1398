import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/redis-server.ts';

/** Why there is no server of the S3 API on this machine; undefined when there is one. */
export function whyNoS3(): string | undefined {
  const { status } = spawnSync('moto_server', ['--help'], { stdio: 'ignore' });
  return status === 0 ? undefined : 'moto_server is not on the PATH: pip install "moto[server]"';
}

/** A server of the S3 API on a free port of this machine: moto's. */
export class S3Server {
  readonly endpoint: string;
  readonly #process: ChildProcess;

  private constructor(port: number) {
    this.endpoint = `http://127.0.0.1:${port}`;
    this.#process = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    process.on('exit', () => this.#process.kill('SIGKILL'));
  }

  static async start(): Promise<S3Server> {
    const server = new S3Server(await freePort());
    for (let tries = 0; tries < 300; tries += 1) {
      const answered = await fetch(`${server.endpoint}/moto-api/`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answered) return server;
      await pause(100);
    }
    throw new Error('moto_server does not answer');
  }

  /** Makes an empty bucket. */
  async createBucket(name: string): Promise<string> {
    const { status } = await fetch(`${this.endpoint}/${name}`, {
      method: 'PUT',
      body:
        '<CreateBucketConfiguration>' +
        '<LocationConstraint>ap-northeast-1</LocationConstraint>' +
        '</CreateBucketConfiguration>',
      // The simulator reads the region of a request from its signature, and checks no signature.
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a/20261124/ap-northeast-1/s3/aws4_request' },
    });
    if (status !== 200) throw new Error(`the bucket ${name} could not be made: ${status}`);
    return name;
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exit;
  }
}
