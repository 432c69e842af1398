import type { Cluster } from './cluster.ts';

/** A version: a revision of the Helm release, and the image that it runs. */
export interface Version {
  readonly revision: number;
  readonly image: string;
}

/** How a change of what serves ended. */
export type Outcome = 'serving' | 'rolled back' | 'failed' | 'interrupted';

/** A step of a canary, or its end. */
export interface CanaryStep {
  /** Percent of the requests that it had until then. */
  readonly weight: number;
  readonly action: 'promote' | 'advance' | 'roll-back';
  /** The figures that it was decided by, in words. */
  readonly reason: string;
}

/** What a canary was judged by. */
export interface CanaryCourse {
  /** Intervals that were measured; in those without a step it was held. */
  readonly intervals: number;
  readonly steps: readonly CanaryStep[];
}

/** What became of one deployment or one way back. */
export interface ReleaseRecord {
  /** When it began, as ISO 8601; also its name. */
  readonly at: string;
  readonly seconds: number | null;
  /** Until every pod was of the new version and ready, and those before it had ended. */
  readonly rolledOutSeconds?: number | undefined;
  /** Until every request went to it; the pods before it may have had something to end. */
  readonly trafficSeconds?: number | undefined;
  readonly who: string;
  readonly what: string;
  readonly why: string;
  /** What served before; null before a first installation. */
  readonly from: Version | null;
  /** What was to serve; null where it did not come that far. */
  readonly to: Version | null;
  readonly outcome: Outcome;
  /** Why it failed. */
  readonly cause?: string;
  /** How it was judged beside the version before; undefined where it was not. */
  readonly canary?: CanaryCourse | undefined;
}

const name = 'day-trade-releases';
/** Records that are kept, and how large they may be in all: a ConfigMap holds 1 MiB. */
const kept = 100;
const keptBytes = 900_000;
const longestCause = 4000;

interface Records {
  readonly metadata?: { readonly resourceVersion?: string };
  readonly data?: Readonly<Record<string, string>>;
}

/** Every record that is kept, the newest first. */
export async function readReleases(cluster: Cluster): Promise<readonly ReleaseRecord[]> {
  const { data = {} } = await readRecords(cluster);
  const records = Object.values(data).map((record) => JSON.parse(record) as ReleaseRecord);
  return records.toSorted((a, b) => b.at.localeCompare(a.at));
}

async function readRecords(cluster: Cluster): Promise<Records> {
  const args = cluster.kubectl('get', 'configmap', name, '--ignore-not-found', '--output', 'json');
  const text = await cluster.programs.read('kubectl', args);
  return text.trim() === '' ? {} : (JSON.parse(text) as Records);
}

/**
 * Writes down what became of a change; the oldest records make room. It is given on standard input: the cause has lines
 * of logs, and arguments of a process are seen by everybody on the machine.
 */
export async function recordRelease(cluster: Cluster, record: ReleaseRecord): Promise<void> {
  const { programs, namespace } = cluster;
  const { metadata, data: before = {} } = await readRecords(cluster);
  const { cause } = record;
  const short = { ...record, ...(cause && { cause: cause.slice(0, longestCause) }) };
  const data = whatIsKept({ ...before, [keyOf(record.at)]: JSON.stringify(short) });
  const version = metadata?.resourceVersion;
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, resourceVersion: version }, data };
  const verb = metadata === undefined ? 'create' : 'replace';
  await programs.read('kubectl', cluster.kubectl(verb, '--filename', '-'), { input: JSON.stringify(object) });
}

/** The newest of them that a ConfigMap holds: their names are instants, so they are in the order of time. */
function whatIsKept(data: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  let bytes = 0;
  const newest = Object.entries(data).toSorted(([a], [b]) => b.localeCompare(a));
  const fitting = newest.slice(0, kept).filter(([, record], at) => {
    bytes += Buffer.byteLength(record);
    return at === 0 || bytes <= keptBytes;
  });
  return Object.fromEntries(fitting);
}

/** Keys of a ConfigMap are letters, digits, `-`, `_` and `.`. */
function keyOf(at: string): string {
  return at.replaceAll(':', '-');
}

/** The image that the values of a revision name. */
export async function versionOf(cluster: Cluster, revision: number): Promise<Version> {
  const { image = {} } = (await cluster.valuesOf(revision)) as { readonly image?: Readonly<Record<string, string>> };
  return { revision, image: imageOf(image) };
}

/** The image that a revision tries: the canary's, where it runs one. */
export async function versionTried(cluster: Cluster, revision: number): Promise<Version> {
  const { image = {}, canary } = (await cluster.valuesOf(revision)) as {
    readonly image?: Readonly<Record<string, string>>;
    readonly canary?: { readonly enabled?: boolean; readonly image?: Readonly<Record<string, string>> };
  };
  const tried = canary?.enabled === true ? { ...image, tag: '', digest: '', ...canary.image } : image;
  return { revision, image: imageOf(tried) };
}

function imageOf({ repository = '', tag = '', digest = '' }: Readonly<Record<string, string>>): string {
  if (digest !== '') return `${repository}@${digest}`;
  return tag === '' ? `${repository} of the chart's version` : `${repository}:${tag}`;
}
