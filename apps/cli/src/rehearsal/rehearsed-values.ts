import { join, resolve } from 'node:path';
import type { CloudName, EnvironmentName } from '@daytrade/deployment';

/**
 * Files of values that a rehearsal lays over those of the environment: what stands in for the managed services of a
 * cloud, the sizes of a small machine, and what the images lack that are packed for it.
 */
export function rehearsedValues(
  root: string,
  { cloud, environment }: { readonly cloud: CloudName; readonly environment: EnvironmentName },
  options: Readonly<Record<string, unknown>>,
): readonly string[] {
  const chart = (name: string) => join(root, 'infrastructure', 'helm', `values.${name}.yaml`);
  const rehearsal = (name: string) => join(root, 'infrastructure', 'rehearsal', `values.${name}.yaml`);
  return [
    // As a deployment on Azure does: its own values, and the sizes of the environment over them.
    ...(cloud === 'azure' ? [chart('azure'), chart(environment)] : []),
    rehearsal('managed-services'),
    ...(options.fullSize === true ? [] : [rehearsal('small-node')]),
    ...(options.image === undefined ? [rehearsal('stand-in-images')] : []),
    ...((options.values as readonly string[] | undefined) ?? []).map((file) => resolve(file)),
  ];
}
