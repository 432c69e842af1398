import type { CloudName, EnvironmentName } from '../../packages/deployment/src/targets.ts';

/** A simulated cloud where bootstrap was applied, for deployments of a clone. */
export interface SimulatedCloud {
  readonly name: CloudName;
  /** Port of the proxy that answers for the cloud's names, where it is one. */
  readonly proxyPort?: number;
  /** Variables of every step of the workflow. */
  readonly environment: Readonly<Record<string, string>>;
  /** File of authorities that its programs trust beside those of this machine. */
  readonly authority?: string;
  /** GitHub's variables of an environment. */
  variables(environment: EnvironmentName): Readonly<Record<string, string>>;
  /** What a person writes into an environment's tfvars file before its first deployment, as HCL. */
  ownValues(environment: EnvironmentName): string;
  /** The stand-in for the action that signs in, by the name of that. */
  readonly signIn: Readonly<Record<string, string>>;
  /** What helm is given behind the values of the workflow. */
  readonly behind: readonly string[];
  /** Folders of its programs. */
  readonly path: readonly string[];
  /** What went wrong in the simulator last. */
  lastError(): string;
}
