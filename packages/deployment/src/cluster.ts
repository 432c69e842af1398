import type { Programs, RunOptions } from './programs.ts';
import { pendingRevision, type Revision } from './release-history.ts';
import { chartFolder, type Surroundings } from './surroundings.ts';
import { type EnvironmentName, namespaces, release } from './targets.ts';

/** Where in a cluster an environment stands. */
export interface ClusterPlace {
  readonly environment: EnvironmentName;
  /** In place of the environment's own. */
  readonly namespace?: string | undefined;
  /** Context of kubeconfig; the current one by default. */
  readonly context?: string | undefined;
}

/** What `helm upgrade` is given beside the release and its place. */
export interface Upgrade {
  /** Files of values, from the most general to the most special; relative to the folder of the chart. */
  readonly files: readonly string[];
  /** Values on top of them, as `--set` takes them. */
  readonly set: readonly string[];
  /** Further options. */
  readonly options: readonly string[];
}

/**
 * Enough revisions that five which served are among them, with failed ones, ways back and steps of canaries between. A
 * rollback forgets old ones as an upgrade does, and helm keeps ten where it is not told.
 */
const keptRevisions = ['--history-max', '60'];

/** The release of an environment in its cluster, by helm and kubectl. */
export class Cluster {
  readonly namespace: string;
  readonly programs: Programs;
  readonly #folder: string;
  readonly #context: string | undefined;
  readonly #surroundings: Surroundings;
  readonly #place: ClusterPlace;

  constructor(surroundings: Surroundings, place: ClusterPlace) {
    this.namespace = place.namespace ?? namespaces[place.environment];
    this.programs = surroundings.programs;
    this.#folder = chartFolder(surroundings);
    this.#context = place.context;
    this.#surroundings = surroundings;
    this.#place = place;
  }

  /** The same, whose programs go on when somebody interrupts: for the way back. */
  get uninterrupted(): Cluster {
    return new Cluster({ ...this.#surroundings, programs: this.programs.uninterrupted }, this.#place);
  }

  /** Makes the namespace where there is none: the lock is kept in it. */
  async makeNamespace(): Promise<void> {
    const context = this.#context === undefined ? [] : ['--context', this.#context];
    const found = ['get', 'namespace', this.namespace, '--ignore-not-found', '--output', 'name'];
    if ((await this.programs.read('kubectl', [...found, ...context])).trim() !== '') return;
    await this.programs.run('kubectl', ['create', 'namespace', this.namespace, ...context]);
  }

  /** Arguments of kubectl in the namespace. */
  kubectl(...args: readonly string[]): readonly string[] {
    const context = this.#context === undefined ? [] : ['--context', this.#context];
    return ['--namespace', this.namespace, ...context, ...args];
  }

  /** What kubectl says of objects, as JSON. */
  async objects<Value>(...args: readonly string[]): Promise<Value> {
    return JSON.parse(await this.programs.read('kubectl', this.kubectl('get', ...args, '--output', 'json'))) as Value;
  }

  get #here(): readonly string[] {
    const context = this.#context === undefined ? [] : ['--kube-context', this.#context];
    return ['--namespace', this.namespace, ...context];
  }

  /** @throws ProgramFailure where it cannot be read: whoever took that for a first one would find no way back */
  async history(): Promise<readonly Revision[]> {
    const args = ['history', release, ...this.#here, '--output', 'json'];
    return JSON.parse((await this.programs.readIfThere('helm', args, /release: not found/)) ?? '[]') as Revision[];
  }

  /** The command that rolls a version out: the chart migrates the database before any pod changes. */
  #upgradeArgs({ files, set, options }: Upgrade): readonly string[] {
    const values = files.flatMap((file) => ['--values', file]);
    const over = set.flatMap((value) => ['--set', value]);
    return [
      'upgrade',
      '--install',
      release,
      `./${release}`,
      ...this.#here,
      ...options,
      ...values,
      ...over,
      ...keptRevisions,
    ];
  }

  /**
   * Rolls a version out.
   * @param seconds how long to wait until each pod is ready; undefined: not at all
   */
  async upgrade(upgrade: Upgrade, seconds: number | undefined, onStart?: RunOptions['onStart']): Promise<void> {
    const wait = seconds === undefined ? [] : ['--wait', '--timeout', `${seconds}s`];
    const args = [...this.#upgradeArgs(upgrade), ...wait];
    await this.programs.run('helm', args, { folder: this.#folder, ...(onStart && { onStart }) });
  }

  /** The objects of the chart with these values, made without the cluster. @throws ProgramFailure for wrong values */
  async render({ files, set }: Upgrade): Promise<string> {
    const values = files.flatMap((file) => ['--values', file]);
    const args = ['template', release, `./${release}`, '--namespace', this.namespace, ...values];
    const over = set.flatMap((value) => ['--set', value]);
    return await this.programs.read('helm', [...args, ...over], { folder: this.#folder });
  }

  /** The objects that an upgrade would have, as the cluster sees them; nothing is changed. */
  async rehearsed(upgrade: Upgrade): Promise<string> {
    const args = [...this.#upgradeArgs(upgrade), '--dry-run=server', '--output', 'json'];
    const { manifest } = JSON.parse(await this.programs.read('helm', args, { folder: this.#folder }));
    return String(manifest);
  }

  /** The objects of the release as they were rolled out; empty where there is none. */
  async manifest(): Promise<string> {
    return (await this.programs.readIfThere('helm', ['get', 'manifest', release, ...this.#here], /not found/)) ?? '';
  }

  /** The values of a revision, defaults of the chart among them. */
  async valuesOf(revision: number): Promise<unknown> {
    const args = ['get', 'values', release, ...this.#here, '--all', '--revision', String(revision), '--output', 'json'];
    return JSON.parse(await this.programs.read('helm', args));
  }

  async rollBackTo(revision: number, onStart?: RunOptions['onStart']): Promise<void> {
    const args = ['rollback', release, String(revision), ...this.#here, ...keptRevisions, '--wait', '--timeout', '10m'];
    await this.programs.run('helm', args, { folder: this.#folder, ...(onStart && { onStart }) });
  }

  /** Asks every service. */
  async test(): Promise<void> {
    await this.programs.run('helm', ['test', release, ...this.#here, '--logs'], { folder: this.#folder });
  }

  /**
   * Frees the release of a helm that was interrupted ("another operation is in progress"): back to what served, or,
   * where nothing did, by forgetting the unfinished revision. The next one takes over the objects that it made.
   * @returns what was done, in words; undefined where there was nothing to do
   */
  async mend(
    history: readonly Revision[],
    serving: number | undefined,
    onStart?: RunOptions['onStart'],
  ): Promise<string | undefined> {
    const last = pendingRevision(history);
    if (last === undefined) return undefined;
    const found = `revision ${last.revision} was interrupted (${last.status})`;
    if (serving !== undefined) {
      await this.rollBackTo(serving, onStart);
      return `${found}: went back to revision ${serving}`;
    }
    const secret = `sh.helm.release.v1.${release}.v${last.revision}`;
    await this.programs.run('kubectl', this.kubectl('delete', 'secret', secret));
    return `${found}: it was forgotten, and its objects are taken over`;
  }
}
