/** Why a deployment ends without the new version serving. */
export type DeploymentErrorKind = 'not-ready' | 'locked' | 'failed';

/**
 * Thrown when a deployment does not begin (`not-ready`, `locked`) or does not succeed (`failed`). The package is also
 * used where nothing is installed, so it has no error of the platform.
 */
export class DeploymentError extends Error {
  readonly kind: DeploymentErrorKind;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(kind: DeploymentErrorKind, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.kind = kind;
    this.details = details;
  }
}
