import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { httpTransport, ServiceClient } from '@daytrade/service/client';
import { repositoryRoot } from '../../support/running-process.ts';
import type { ServiceName } from './local-account.ts';
import type { Container } from './task-definition.ts';

/** What the image starts when its container names no entry point. */
const imageEntryPoint = [process.execPath, join(repositoryRoot, 'apps', 'cli', 'src', 'main.ts')];

/** The containers of one task as processes of this machine. */
export class LocalTask {
  readonly name: ServiceName;
  readonly url: string;
  /** Variables that the last container got as the task definition gives them. */
  readonly unchanged = new Map<string, string>();
  /** Names of those that were changed for this machine. */
  readonly changed = new Set<string>();
  readonly lines: string[] = [];
  #token = '';
  #process: ChildProcess | undefined;

  constructor(name: ServiceName, url: string) {
    this.name = name;
    this.url = url;
  }

  get client(): ServiceClient {
    return new ServiceClient(
      httpTransport({ baseUrl: this.url, fetch, token: this.#token, startWith: `daytrade serve ${this.name}` }),
    );
  }

  /** Runs a container to its end or, where it stays, until it listens. @throws Error with its output when it fails */
  async start(
    { name, entryPoint, command }: Container,
    given: Readonly<Record<string, string>>,
    changes: Readonly<Record<string, string>>,
    stays: boolean,
  ): Promise<void> {
    const [program, ...args] = [...(entryPoint?.with(0, process.execPath) ?? imageEntryPoint), ...command];
    const env = { PATH: String(process.env.PATH), DAYTRADE_SETTINGS_FILE: '/dev/null', ...given, ...changes };
    const child = spawn(String(program), args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    const listening = Promise.withResolvers<void>();
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        this.lines.push(line);
        if (line.includes('listening at ')) listening.resolve();
      });
    }
    const ended = once(child, 'close').then(([code]) => {
      if (stays || code !== 0) throw new Error(`${this.name}: ${name} ended with ${code}:\n${lines.join('\n')}`);
    });
    if (stays) {
      this.#process = child;
      this.#token = String(given.DAYTRADE_TOKEN);
      for (const [variable, value] of Object.entries(given)) {
        if ((changes[variable] ?? value) === value) this.unchanged.set(variable, value);
        else this.changed.add(variable);
      }
    }
    await (stays ? Promise.race([listening.promise, ended]) : ended);
    ended.catch(() => undefined);
  }

  /** SIGTERM, as ECS sends it; gives the exit code. */
  async stop(): Promise<number | null> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 150_000);
    const [code] = await closed;
    clearTimeout(late);
    return code;
  }
}
