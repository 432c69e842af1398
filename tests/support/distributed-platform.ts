import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { httpTransport, ServiceClient } from '@daytrade/service/client';
import { PostgresServer } from './postgres-server.ts';
import { RedisServer } from './redis-server.ts';

const main = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'src', 'main.ts');
const token = 'a-token-of-the-test-of-24-characters';

export type PartName = 'ml-service' | 'data-service' | 'scheduler-service' | 'worker' | 'dashboard';

export interface LogLine {
  readonly level: number;
  readonly msg: string;
}

/** One process of `daytrade serve`. */
export interface Part {
  readonly process: ChildProcess;
  readonly url: string;
  readonly lines: readonly LogLine[];
  /** Every line of standard output and standard error. */
  readonly text: readonly string[];
  readonly client: ServiceClient;
}

/**
 * The processes of a cluster on this machine, with a PostgreSQL and a Redis of their own, both with TLS and passwords.
 */
export class DistributedPlatform {
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  readonly token = token;
  readonly authorisation = { authorization: `Bearer ${token}` };
  readonly #folder: string;
  readonly #parts: ChildProcess[] = [];
  #folders = 0;

  private constructor(postgres: PostgresServer, redis: RedisServer) {
    this.postgres = postgres;
    this.redis = redis;
    this.#folder = mkdtempSync(join(tmpdir(), 'day-trade-parts-'));
  }

  static async start(): Promise<DistributedPlatform> {
    const platform = new DistributedPlatform(await PostgresServer.start(), await RedisServer.start());
    await platform.postgres.createDatabase('daytrade');
    return platform;
  }

  /** What a process of the cluster is started with; each has a folder of its own, as a pod has. */
  environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      PATH: String(process.env.PATH),
      MALLOC_ARENA_MAX: '2',
      DAYTRADE_SETTINGS_FILE: '/dev/null',
      DAYTRADE_STATE_DIR: join(this.#folder, String(this.#folders++)),
      DAYTRADE_HOST: '127.0.0.1',
      DAYTRADE_TOKEN: token,
      DAYTRADE_DATABASE_URL:
        `postgres://daytrade@127.0.0.1:${this.postgres.port}/daytrade` +
        `?sslrootcert=${this.postgres.certificates.caFile}`,
      DAYTRADE_DATABASE_PASSWORD: this.postgres.password,
      DAYTRADE_REDIS_URL: `rediss://127.0.0.1:${this.redis.address.port}?ca=${this.redis.certificates.caFile}`,
      DAYTRADE_REDIS_PASSWORD: String(this.redis.address.password),
      DAYTRADE_OBJECTS: 'database',
      ...more,
    };
  }

  /** Runs a command to its end. */
  async run(
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
    const child = spawn(process.execPath, [main, ...args], { env: this.environment() });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => (stdout += String(text)));
    child.stderr.on('data', (text) => (stderr += String(text)));
    const [code] = (await once(child, 'close')) as [number];
    return { code, stdout, stderr };
  }

  /** Starts a part, on a free port unless one is named, and waits until it listens. */
  async serve(name: PartName, more: Readonly<Record<string, string>> = {}, port = '0'): Promise<Part> {
    const child = spawn(process.execPath, [main, 'serve', name, '--port', port], {
      env: this.environment(more),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#parts.push(child);
    const lines: LogLine[] = [];
    const text: string[] = [];
    createInterface(child.stderr).on('line', (line) => text.push(line));
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`${name} ended with ${code}:\n${text.join('\n')}`)));
      createInterface(child.stdout).on('line', (line) => {
        text.push(line);
        const parsed = JSON.parse(line) as LogLine;
        lines.push(parsed);
        const address = /^listening at (\S+)$/.exec(parsed.msg ?? '')?.[1];
        if (address !== undefined) resolve(address);
      });
    });
    const client = new ServiceClient(
      httpTransport({ baseUrl: url, fetch, token, startWith: `daytrade serve ${name}` }),
    );
    return { process: child, url, lines, text, client };
  }

  async close(): Promise<void> {
    for (const part of this.#parts) {
      if (part.exitCode !== null || part.signalCode !== null) continue;
      part.kill('SIGKILL');
      await once(part, 'exit');
    }
    await this.redis[Symbol.asyncDispose]();
    await this.postgres.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Asks for readiness until it is as wanted; gives the seconds that it took. */
export async function untilReadiness(part: Pick<Part, 'url'>, ready: boolean, longestSeconds = 30): Promise<number> {
  const started = performance.now();
  for (;;) {
    const seconds = (performance.now() - started) / 1_000;
    const answer = await fetch(`${part.url}/readyz`).catch(() => undefined);
    if ((answer?.status === 200) === ready) return seconds;
    if (seconds > longestSeconds) throw new Error(`${part.url}: ${answer?.status} ${await answer?.text()}`);
    await pause(50);
  }
}
