import type { Cluster } from './cluster.ts';
import { DeploymentError } from './deployment-error.ts';
import { ProgramFailure } from './programs.ts';

/** Who holds an environment, since when, and what for. */
export interface Holder {
  readonly who: string;
  readonly host: string;
  readonly pid: number;
  /** An instant, as ISO 8601. */
  readonly since: string;
  readonly what: string;
  /** What it has come to. */
  readonly step: string;
  /** The program that changes something now. */
  readonly program?: { readonly pid: number; readonly name: string };
}

/** The machine that asks, and what it can see of processes. */
export interface Processes {
  readonly host: string;
  /** @param since an instant, as ISO 8601: a process that was begun after it is another one of that number */
  isAlive(pid: number, since: string): boolean;
  /** Ends a process that carries such a name. @returns whether there was one */
  end(pid: number, name: string): Promise<boolean>;
}

/** What somebody found held: its holder, and whether that still runs, as far as this machine can tell. */
export interface FoundLock {
  readonly holder: Holder;
  /** undefined for a holder on another machine. */
  readonly alive: boolean | undefined;
  readonly version: string;
}

const name = 'day-trade-deployment';

interface ConfigMap {
  readonly metadata: { readonly resourceVersion: string };
  readonly data?: Readonly<Record<string, string>>;
}

/** Who holds the environment; undefined when nobody does. */
export async function findLock(cluster: Cluster, processes: Processes): Promise<FoundLock | undefined> {
  const found = await readHolder(cluster);
  if (found === undefined) return undefined;
  const { host, pid, since } = found.holder;
  return { ...found, alive: host === processes.host ? processes.isAlive(pid, since) : undefined };
}

async function readHolder(cluster: Cluster): Promise<Omit<FoundLock, 'alive'> | undefined> {
  const args = cluster.kubectl('get', 'configmap', name, '--ignore-not-found', '--output', 'json');
  const text = await cluster.programs.read('kubectl', args);
  if (text.trim() === '') return undefined;
  const { metadata, data } = JSON.parse(text) as ConfigMap;
  return { holder: JSON.parse(data?.holder ?? '{}') as Holder, version: metadata.resourceVersion };
}

/** A lock in words: who, when, what for, how far, and whether somebody is still there. */
export function describeLock({ holder, alive }: FoundLock): string {
  const { who, host, pid, since, what, step } = holder;
  const held = `held by ${who}, process ${pid} on ${host}, since ${since}: ${what}, at "${step}"`;
  if (alive === undefined) return `${held}; whether it still runs can only be seen on ${host}`;
  return `${held}; it ${alive ? 'still runs' : 'no longer runs'}`;
}

/**
 * An environment that is held. It is given back by {@link release}. Whoever takes it over, or removes it, has it: all
 * that is written and removed here is one's own.
 */
export class Lock {
  readonly #cluster: Cluster;
  /** As the cluster has it. */
  #holder: Holder;
  /** What is written last; each waits for the one before. */
  #writing: Promise<void> = Promise.resolve();

  private constructor(cluster: Cluster, holder: Holder) {
    this.#cluster = cluster;
    this.#holder = holder;
  }

  /**
   * Takes an environment.
   * @param takeOver from a holder that no longer runs, or that another machine has; one that runs here keeps it
   * @returns the lock, and from whom it was taken over
   * @throws DeploymentError `locked` naming the holder
   */
  static async acquire(
    cluster: Cluster,
    holder: Holder,
    processes: Processes,
    takeOver: boolean,
  ): Promise<{ readonly lock: Lock; readonly from: Holder | undefined; readonly ended: boolean }> {
    const lock = new Lock(cluster, holder);
    const found = await findLock(cluster, processes);
    if (found === undefined) {
      await lock.#write('create');
      return { lock, from: undefined, ended: false };
    }
    if (!takeOver || found.alive === true) {
      const way = found.alive === true ? 'wait for it, or end it' : 'the option --take-over goes on in its place';
      throw new DeploymentError('locked', `${cluster.namespace} is ${describeLock(found)}; ${way}`, {
        holder: found.holder,
      });
    }
    await lock.#write('replace', found.version);
    const { program, host } = found.holder;
    const ended = program !== undefined && host === processes.host && (await processes.end(program.pid, program.name));
    return { lock, from: found.holder, ended };
  }

  async #write(verb: 'create' | 'replace', resourceVersion?: string): Promise<void> {
    const metadata = { name, namespace: this.#cluster.namespace, ...(resourceVersion && { resourceVersion }) };
    const data = { holder: JSON.stringify(this.#holder) };
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
    try {
      // Not ended by an interruption: nobody would know whether the cluster made it.
      const { programs } = this.#cluster.uninterrupted;
      await programs.read('kubectl', this.#cluster.kubectl(verb, '--filename', '-'), { input });
    } catch (error) {
      if (!(error instanceof ProgramFailure) || !/AlreadyExists|Conflict|modified/.test(error.said)) throw error;
      throw new DeploymentError('locked', `somebody else took ${this.#cluster.namespace} at the same time; try again`);
    }
  }

  /**
   * Says what the holder has come to, for whoever finds it dead. Whether that can be written down changes nothing of
   * the deployment.
   * @throws DeploymentError `locked` where the environment is another's by now: nothing of it may be changed any more
   */
  note(step: string, program?: Holder['program']): Promise<void> {
    const noted = this.#writing.then(() => this.#note(step, program));
    this.#writing = noted.catch(() => undefined);
    return noted;
  }

  async #note(step: string, program: Holder['program']): Promise<void> {
    const { program: _, ...before } = this.#holder;
    const holder = { ...before, step, ...(program && { program }) };
    if (await this.#replaceOwn(holder)) this.#holder = holder;
    else await this.#demandOwn();
  }

  /** @returns whether the cluster had what was written last, and has this in its place */
  async #replaceOwn(holder: Holder): Promise<boolean> {
    const path = '/data/holder';
    const patch = JSON.stringify([
      { op: 'test', path, value: JSON.stringify(this.#holder) },
      { op: 'replace', path, value: JSON.stringify(holder) },
    ]);
    const args = this.#cluster.kubectl('patch', 'configmap', name, '--type', 'json', '--patch', patch);
    return (await this.#cluster.uninterrupted.programs.tryRead('kubectl', args)) !== undefined;
  }

  async #demandOwn(): Promise<void> {
    const { namespace, uninterrupted } = this.#cluster;
    const { host, pid, since, step } = this.#holder;
    const read = await readHolder(uninterrupted).catch(() => 'unknown' as const);
    if (read === 'unknown') return;
    const holder = read?.holder;
    if (holder?.host === host && holder.pid === pid && holder.since === since) {
      this.#holder = holder;
      return;
    }
    const whose = holder === undefined ? 'nobody any more' : `held by ${holder.who} (${holder.what})`;
    const message = `${namespace} is ${whose}: somebody took it over while this deployment was at "${step}"`;
    throw new DeploymentError('locked', `${message}; it ends here and takes nothing back`, { holder: holder ?? null });
  }

  /** Gives the environment back, unless somebody took it over. */
  async release(): Promise<void> {
    await this.note('end').then(
      () => removeLock(this.#cluster.uninterrupted),
      () => undefined,
    );
  }
}

/** Removes a lock, whoever holds it. */
export async function removeLock(cluster: Cluster): Promise<void> {
  const args = cluster.kubectl('delete', 'configmap', name, '--ignore-not-found', '--wait=false');
  await cluster.programs.read('kubectl', args);
}
