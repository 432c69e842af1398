/** A revision of a Helm release, as `helm history --output json` lists it. */
export interface Revision {
  readonly revision: number;
  readonly status: string;
  readonly updated?: string;
}

/** The newest revision that was rolled out whole; undefined when none was. */
export function servingRevision(history: readonly Revision[]): number | undefined {
  const whole = history.filter(({ status }) => status === 'deployed');
  return whole.toSorted((a, b) => a.revision - b.revision).at(-1)?.revision;
}

/**
 * The revision to go back to after a deployment failed; undefined when nothing is to be done.
 * @param before what served before it
 */
export function revisionToReturnTo(history: readonly Revision[], before: number): number | undefined {
  return newest(history)?.revision === before ? undefined : before;
}

function newest(history: readonly Revision[]): Revision | undefined {
  return history.toSorted((a, b) => a.revision - b.revision).at(-1);
}
