import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../../support/figure.ts';
import { repositoryRoot } from '../../support/running-process.ts';
import { cacheFolder, run, step } from '../../support/steps.ts';
import { checkBlock } from './check-configuration.ts';
import { type ConfigurationBlock, readConfiguration } from './read-hcl.ts';
import { ProviderSchema } from './read-schema.ts';
import { checkReferences } from './references.ts';

const configurationFolder = join(repositoryRoot, 'infrastructure', 'terraform', 'aws');

/** Installs the bindings at exactly the version and content of the lock file beside this test. */
async function installSchema(): Promise<ProviderSchema> {
  const folder = cacheFolder('provider-schema-25.7.0');
  const installed = join(folder, 'node_modules', '@cdktn', 'provider-aws');
  if (!existsSync(join(installed, 'package.json'))) {
    for (const file of ['package.json', 'package-lock.json']) {
      copyFileSync(join(import.meta.dirname, file), join(folder, file));
    }
    await step('install the schema of provider 6.x', () =>
      run('npm', ['ci', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'], { folder }),
    );
  }
  return new ProviderSchema(installed);
}

describe('the configuration and the schema of provider 6.x', () => {
  let schema: ProviderSchema;
  let blocks: ConfigurationBlock[];

  beforeAll(async () => {
    schema = await installSchema();
    blocks = await readConfiguration(configurationFolder);
  });

  it('know the same types and arguments, and none that is required is missing', () => {
    expect(schema.version).toMatch(/^6\./);
    const ours = blocks.filter((block) => block.type.startsWith('aws_'));
    figure('aws: blocks checked against provider', `${ours.length} of version ${schema.version}`);
    expect(ours.length).toBeGreaterThan(80);
    const findings = ours.flatMap((block) => checkBlock(block, schema));
    expect(findings.filter(({ problem }) => problem !== 'not described')).toEqual([]);
    const open = new Set(findings.map(({ where, argument }) => `${where} ${argument}`));
    figure('aws: arguments that the schema leaves open', [...open].join(', '));
    expect([...open]).toEqual(['firewall.tf: aws_wafv2_web_acl.main rule.statement']);
  });

  it('know the same attributes, and none that version 6 warns about', () => {
    const { checked, findings } = checkReferences(configurationFolder, schema);
    figure('aws: references checked', checked);
    expect(checked).toBeGreaterThan(100);
    expect(findings).toEqual([]);
  });
});
