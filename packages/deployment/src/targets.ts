import { join } from 'node:path';

/** The environments of every cloud, each with a variables file of its name in the root of the cloud. */
export const environmentNames = ['development', 'staging', 'production'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

/** The clouds that an environment can stand in. */
export const cloudNames = ['aws', 'azure'] as const;
export type CloudName = (typeof cloudNames)[number];

/** An environment in a cloud: what one deployment changes, and no other one at the same time. */
export interface Target {
  readonly environment: EnvironmentName;
  readonly cloud: CloudName;
}

/** The specification's namespaces. */
export const namespaces: Readonly<Record<EnvironmentName, string>> = {
  development: 'day-trade-dev',
  staging: 'day-trade-staging',
  production: 'day-trade',
};

/** Name of the Helm release, and of the chart. */
export const release = 'day-trade-ml';

/** The folder that Terraform runs in. @param root folder of the clone */
export function terraformFolder(root: string, { cloud }: Pick<Target, 'cloud'>): string {
  return join(root, 'infrastructure', 'terraform', cloud);
}

/** File of a target's plan, in the folder of Terraform. */
export function planFile({ environment }: Target): string {
  return `${environment}.tfplan`;
}

/**
 * Files of values from the most general to the most special, relative to the folder of the chart: a later one wins.
 * Azure's has the sizes of production and its own services in place of the cluster's; the environment's sizes go over
 * it.
 */
export function valuesFiles({ environment, cloud }: Target): readonly string[] {
  const own = `values.${environment}.yaml`;
  return cloud === 'azure' ? ['values.azure.yaml', own] : [own];
}

/** Reads a target from text. @throws Error naming what is allowed */
export function readTarget(environment: string | undefined, cloud: string | undefined): Target {
  return {
    environment: oneOf('--environment', environmentNames, environment),
    cloud: oneOf('--cloud', cloudNames, cloud),
  };
}

/** Reads an option that is one of some words. @throws Error naming them */
export function oneOf<T extends string>(option: string, allowed: readonly T[], given: string | undefined): T {
  const found = allowed.find((name) => name === given);
  if (found === undefined) throw new Error(`${option} ${given ?? 'is missing'}: one of ${allowed.join(', ')}`);
  return found;
}
