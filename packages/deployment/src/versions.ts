import type { Cluster } from './cluster.ts';
import { DeploymentError } from './deployment-error.ts';
import { contentOf, type Revision, servingRevision, withoutCanaries } from './release-history.ts';
import { type ReleaseRecord, readReleases } from './releases.ts';

/** How many versions back one may go. */
const versionsKept = 5;

/**
 * The revisions that one may go back to, the newest first: those that were rolled out whole and, as far as it was
 * written down, proven. Of several with the same content, which ways back make, it is the first one that is kept, in
 * the place of the last; what has the content that serves is none.
 */
export function returnable(history: readonly Revision[], records: readonly ReleaseRecord[]): readonly number[] {
  const versions = withoutCanaries(history);
  const bad = new Set(records.filter(({ outcome }) => outcome !== 'serving').map(({ to }) => to?.revision));
  const serving = servingRevision(history);
  const served = versions
    .filter(({ revision, status }) => status === 'superseded' && !bad.has(revision))
    .map(({ revision }) => ({ revision, content: contentOf(history, revision) }))
    .filter(({ content }) => serving === undefined || content !== contentOf(history, serving))
    .toSorted((a, b) => b.revision - a.revision);
  const firsts = new Map(served.map(({ content, revision }) => [content, revision]));
  return [...firsts.values()].slice(0, versionsKept);
}

/**
 * The revision that somebody asks for, or the one before.
 * @throws DeploymentError `not-ready` naming those that there are
 */
export async function versionToReturnTo(cluster: Cluster, asked: number | undefined): Promise<number> {
  const allowed = returnable(await cluster.history(), await readReleases(cluster));
  const [last] = allowed;
  if (last === undefined) throw new DeploymentError('not-ready', `${cluster.namespace} has no earlier version`);
  if (asked === undefined || allowed.includes(asked)) return asked ?? last;
  throw new DeploymentError('not-ready', `version ${asked}: one of ${allowed.join(', ')}`, { allowed });
}
