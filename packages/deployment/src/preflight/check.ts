/** Something that a deployment needs, as it was found. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was found. */
  readonly message: string;
  /** What somebody does about it, where it is not as it has to be. */
  readonly mend?: string;
}

/** A check that is as it should be. */
export function good(name: string, message: string): Check {
  return { name, ok: true, message };
}

/** A check that keeps a deployment from beginning. */
export function bad(name: string, message: string, mend: string): Check {
  return { name, ok: false, message, mend };
}
