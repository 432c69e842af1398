import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copySecrets, namespaceOptions } from './cloud-cluster.ts';
import type { Upgrade } from './cluster.ts';
import { repositoryOf } from './registry.ts';
import { chartFolder, type Surroundings } from './surroundings.ts';
import { type Target, valuesFiles } from './targets.ts';
import type { Outputs } from './terraform.ts';

/**
 * What is rolled out in a cloud: the values of the environment with those that Terraform wrote, and an image by its
 * digest. What the chart needs beside them (namespace, on Azure a Secret) is made.
 * @throws Error for what is not a digest, and where an administrator has to make the namespace first
 */
export async function cloudUpgrade(
  surroundings: Surroundings,
  target: Target,
  outputs: Outputs,
  digest: string,
): Promise<Upgrade> {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw new Error(`--digest ${digest}: sha256:<64 hex digits>`);
  const options = await namespaceOptions(surroundings.programs, target, outputs);
  await copySecrets(surroundings.programs, target, outputs);
  const fromTerraform = 'values.outputs.yaml';
  const written = outputs.chart_values ?? outputs.values_azure;
  writeFileSync(join(chartFolder(surroundings), fromTerraform), typeof written === 'string' ? written : '{}\n');
  const outside = target.cloud === 'azure' ? ['postgresql.enabled=false,redis.enabled=false'] : [];
  return {
    files: [...valuesFiles(target), fromTerraform],
    set: [...outside, `image.repository=${repositoryOf(outputs)},image.digest=${digest}`],
    options,
  };
}
