import { join } from 'node:path';
import { Cluster } from './cluster.ts';
import type { Holder, Processes } from './lock.ts';
import { type OpenProgram, ProgramFailure, Programs, type RunOptions } from './programs.ts';
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
  /** The Deployment of ml-service. */
  serving = {
    spec: { template: { spec: { containers: [{ image: 'day-trade:1' }] } } },
    status: { readyReplicas: 3 },
  };
  /** Pods that there are. */
  pods: readonly object[] = [];
  /** Programs that go on, by what they were begun with. */
  readonly opened: { readonly call: string; isOpen: boolean }[] = [];
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

  override async open(program: string, args: readonly string[]): Promise<OpenProgram> {
    const one = { call: [program, ...args.slice(2)].join(' '), isOpen: true };
    const wanted = /(\d*):\d+$/.exec(one.call)?.[1] ?? '';
    this.opened.push(one);
    const end = () => {
      one.isOpen = false;
    };
    return {
      found: wanted === '' ? String(40_000 + this.opened.length) : wanted,
      get isOpen() {
        return one.isOpen;
      },
      end,
    };
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

  #helm(args: readonly string[]): string {
    const [verb, , to] = args;
    if (verb === 'history') return JSON.stringify(this.#revisions);
    if (verb === 'template') return manifestOf(args);
    if (verb === 'get') return '{ "image": { "repository": "day-trade", "tag": "1" } }';
    if (verb === 'test') return '';
    const before = this.#revisions.map((revision) => ({ ...revision, status: 'superseded' }));
    const given = args.indexOf('--description');
    const description =
      verb === 'rollback' ? `Rollback to ${to}` : given < 0 ? 'Upgrade complete' : (args[given + 1] ?? '');
    this.#revisions = [...before, { revision: before.length + 1, status: 'deployed', description }];
    return '';
  }

  #kubectl(args: readonly string[], input: string): string {
    const [verb, kind, name = ''] = args;
    if (verb === 'get' && kind === 'deployment') return JSON.stringify(this.serving);
    if (verb === 'get' && kind === 'pods') return JSON.stringify({ items: this.pods });
    if (verb === 'get' && kind === 'secret') return JSON.stringify({ data: { token: btoa(`token of ${name}`) } });
    if (verb === 'get' && kind === 'deployments') return '{ "items": [] }';
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

/** What the chart makes of `--set`, as far as a canary looks at it: with a gateway there is a route. */
function manifestOf(args: readonly string[]): string {
  const set = args.filter((_, at) => args[at - 1] === '--set').join(',');
  const tag =
    set
      .matchAll(/(?:^|,)image\.tag=([^,]*)/g)
      .toArray()
      .at(-1)?.[1] ?? '1';
  const container = `      containers:\n        - name: ml-service\n          image: day-trade:${tag}`;
  const part = `kind: Deployment\nmetadata:\n  name: ml-service\nspec:\n${container}\n`;
  const route = set.includes('canary.parents') ? '---\nkind: HTTPRoute\nmetadata:\n  name: ml-service\n' : '';
  return `---\n${part}${route}`;
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
