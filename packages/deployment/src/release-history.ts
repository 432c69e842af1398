/** A revision of a Helm release, as `helm history --output json` lists it. */
export interface Revision {
  readonly revision: number;
  readonly status: string;
  /** Helm says of a way back `Rollback to 7`. */
  readonly description?: string;
}

/** The revision whose content another one has: a way back makes a new revision with an old content. */
export function contentOf(history: readonly Revision[], revision: number): number {
  const { description = '' } = history.find((candidate) => candidate.revision === revision) ?? {};
  const from = Number(/^Rollback to (\d+)$/.exec(description)?.[1] ?? revision);
  return from < revision ? contentOf(history, from) : revision;
}

/** How helm's description of a revision begins that runs a canary beside what serves: `daytrade deploy` writes it. */
export const canaryMark = 'canary ';

function isCanary(history: readonly Revision[], revision: number): boolean {
  const content = contentOf(history, revision);
  return history.find((one) => one.revision === content)?.description?.startsWith(canaryMark) === true;
}

/** The revision of a canary that is under way, or was left: what `helm` rolled out last runs one. */
export function canaryRevision(history: readonly Revision[]): Revision | undefined {
  const last = newest(history.filter(({ status }) => status === 'deployed'));
  return last !== undefined && isCanary(history, last.revision) ? last : undefined;
}

/** The newest revision that was rolled out whole, not as a canary; undefined when none was. */
export function servingRevision(history: readonly Revision[]): number | undefined {
  const canary = canaryRevision(history);
  // What a canary runs beside is superseded, in helm's words, and serves.
  const whole = history.filter(({ revision, status }) =>
    canary === undefined
      ? status === 'deployed'
      : status === 'superseded' && revision < canary.revision && !isCanary(history, revision),
  );
  return newest(whole)?.revision;
}

/** The revisions that were a version, and not a step of a canary. */
export function withoutCanaries(history: readonly Revision[]): readonly Revision[] {
  return history.filter(({ revision }) => !isCanary(history, revision));
}

/**
 * The revision to go back to after a deployment failed; undefined when nothing is to be done.
 * @param before what served before it
 */
export function revisionToReturnTo(history: readonly Revision[], before: number): number | undefined {
  return newest(history)?.revision === before ? undefined : before;
}

/** The newest revision, where helm has begun it and not ended it; it may still run. */
export function pendingRevision(history: readonly Revision[]): Revision | undefined {
  const last = newest(history);
  return last?.status.startsWith('pending-') === true ? last : undefined;
}

function newest(history: readonly Revision[]): Revision | undefined {
  return history.toSorted((a, b) => a.revision - b.revision).at(-1);
}
