import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentName } from '../../infrastructure/terraform/environments.ts';
import { repository } from '../harness/paths.ts';

/**
 * The README's line of helm for an environment, with Terraform's values and what differs here behind it.
 * @param file Terraform's values
 * @param address where the stand-ins are
 */
export function helmLine(environment: EnvironmentName, file: string, address: string): string {
  const readme = readFileSync(join(repository, 'infrastructure', 'terraform', 'aws', 'README.md'), 'utf8');
  const line = /^helm upgrade --install day-trade-ml .* --values values\.production\.yaml$/m.exec(readme)?.[0];
  if (line === undefined) throw new Error("the README of AWS has no line of helm with production's values");
  const own = ['../rehearsal/values.stand-in-images.yaml', '../../bench/aws-cluster/values.yaml'];
  const files = [file, ...own].map((name) => `--values ${name}`);
  const hosts = [`externalDatabase.host=${address}`, `externalRedis.host=${address}`];
  const set = [...hosts, `objects.s3.endpoint=http://${address}:443`].map((value) => `--set ${value}`);
  return [line.replace('production.yaml', `${environment}.yaml`), ...files, ...set].join(' ');
}
