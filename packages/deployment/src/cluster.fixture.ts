import { join } from 'node:path';
import { Cluster } from './cluster.ts';
import type { Holder, Processes } from './lock.ts';
import { ProgramFailure, Programs, type RunOptions } from './programs.ts';
import type { Revision } from './release-history.ts';

interface ConfigMap {
  readonly metadata: { readonly name: string; readonly resourceVersion?: string };
  readonly data: Readonly<Record<string, string>>;
}

/** In the place of kubectl and helm: ConfigMaps with versions as a cluster keeps them, and a release. */
class StandIns extends Programs {
  readonly calls: string[] = [];
  /** A call that begins like this fails, once. */
  breaks: string | undefined;
  readonly #maps = new Map<string, ConfigMap>();
  #revisions: readonly Revision[];
  #version = 0;

  constructor(revisions: readonly Revision[]) {
    super({ onCommand: () => undefined, onOutput: () => undefined });
    this.#revisions = revisions;
  }

  override get uninterrupted(): Programs {
    return this;
  }

  override async run(program: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
    options.onStart?.(7);
    this.#answer(program, args, options.input);
    return 0;
  }

  override async read(program: string, args: readonly string[], { input }: RunOptions = {}): Promise<string> {
    return this.#answer(program, args, input);
  }

  override async readIfThere(program: string, args: readonly string[]): Promise<string> {
    return this.#answer(program, args);
  }

  override async tryRead(program: string, args: readonly string[]): Promise<string | undefined> {
    return await this.read(program, args).catch(() => undefined);
  }

  #answer(program: string, given: readonly string[], input = '{}'): string {
    const args = given[0] === '--namespace' ? given.slice(2) : given;
    const call = [program, ...args].join(' ');
    this.calls.push(call);
    if (this.breaks !== undefined && call.startsWith(this.breaks)) {
      this.breaks = undefined;
      throw new ProgramFailure(`${call} was broken`, '');
    }
    return program === 'helm' ? this.#helm(args) : this.#kubectl(args, input);
  }

  #helm([verb]: readonly string[]): string {
    if (verb === 'history') return JSON.stringify(this.#revisions);
    if (verb === 'get') return '{ "image": { "repository": "day-trade", "tag": "1" } }';
    if (verb === 'test') return '';
    const before = this.#revisions.map((revision) => ({ ...revision, status: 'superseded' }));
    this.#revisions = [...before, { revision: before.length + 1, status: 'deployed' }];
    return '';
  }

  #kubectl(args: readonly string[], input: string): string {
    const [verb, kind, name = ''] = args;
    if (verb === 'get' && (kind === 'pods' || kind === 'deployments')) return '{ "items": [] }';
    const found = this.#maps.get(name);
    if (verb === 'get') return found === undefined ? '' : JSON.stringify(found);
    if (verb === 'delete') this.#maps.delete(name);
    if (verb === 'create' || verb === 'replace') this.#put(verb, JSON.parse(input) as ConfigMap);
    if (verb === 'patch') {
      const [test, replace] = JSON.parse(args.at(-1) ?? '') as { value: string }[];
      if (found?.data.holder !== test?.value) throw new ProgramFailure('patch', 'The request is invalid');
      this.#put('patch', { metadata: { name }, data: { holder: replace?.value ?? '' } });
    }
    return '';
  }

  #put(verb: 'create' | 'replace' | 'patch', { metadata: { name, resourceVersion }, data }: ConfigMap): void {
    const found = this.#maps.get(name)?.metadata.resourceVersion;
    if (verb === 'create' && found !== undefined) throw new ProgramFailure('create', 'Error (AlreadyExists)');
    if (verb === 'replace' && found !== resourceVersion) throw new ProgramFailure('replace', 'Error (Conflict)');
    this.#version += 1;
    this.#maps.set(name, { metadata: { name, resourceVersion: String(this.#version) }, data });
  }
}

/** A cluster for one test, whose kubectl and helm are stand-ins. */
export function clusterForTest(history: readonly Revision[] = []) {
  const programs = new StandIns(history);
  const root = join(import.meta.dirname, '..', '..', '..');
  return { programs, cluster: new Cluster({ root, programs, variables: {} }, { environment: 'staging' }) };
}

/** Somebody who deploys, as a process of a machine. */
export function holderForTest(who: string, pid: number): Holder {
  return { who, host: `host of ${who}`, pid, since: '2026-11-02T00:00:00Z', what: 'deploy', step: 'begin' };
}

/** A machine that sees no process of another one, and none of its own that is gone. */
export function machineOf(who: string): Processes {
  return { host: `host of ${who}`, isAlive: () => false, end: async () => false };
}
