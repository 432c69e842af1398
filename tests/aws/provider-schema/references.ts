import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './check-configuration.ts';
import type { ProviderSchema } from './read-schema.ts';

const reference = /(?<![\w."-])(data\.)?(aws_\w+)\.(\w+)(?:\[[^\]]*\])?\.(\w+)/g;

/** What version 6 still has and warns about, by type and attribute or argument; from its upgrade guide. */
export const deprecated: Readonly<Record<string, readonly string[]>> = {
  'data.aws_region': ['name'],
  aws_iam_role: ['inline_policy', 'managed_policy_arns'],
  aws_eip: ['vpc'],
  aws_s3_bucket: [
    'acl',
    'grant',
    'policy',
    'versioning',
    'logging',
    'lifecycle_rule',
    'server_side_encryption_configuration',
  ],
};

/** Reads of attributes that the provider does not give, or warns about, in the files below a folder. */
export function checkReferences(folder: string, schema: ProviderSchema): { checked: number; findings: Finding[] } {
  const findings: Finding[] = [];
  let checked = 0;
  for (const file of globSync('**/*.tf', { cwd: folder, exclude: ['**/.terraform/**'] }).sort()) {
    const source = readFileSync(join(folder, file), 'utf8').replace(/^\s*(#|\/\/).*$/gm, '');
    for (const [whole, data, type = '', , attribute = ''] of source.matchAll(reference)) {
      const known = schema.find(data === undefined ? 'resource' : 'data', type);
      checked += 1;
      const warned = deprecated[`${data ?? ''}${type}`]?.includes(attribute) === true;
      if (known?.hasAttribute(attribute) === true && !warned) continue;
      findings.push({ problem: 'unknown argument', where: file, argument: warned ? `${whole} (deprecated)` : whole });
    }
  }
  return { checked, findings };
}
