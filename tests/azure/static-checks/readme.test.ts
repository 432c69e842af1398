import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../../support/running-process.ts';
import { lockedProvider } from '../../support/terraform/lock-file.ts';
import { describeReadme } from '../../support/terraform/readme-suite.ts';

const root = join(repositoryRoot, 'infrastructure', 'terraform', 'azure');

describeReadme('azure', [
  'cd infrastructure/terraform/azure\nterraform init\nterraform apply -var-file="production.tfvars"\n',
  'az aks get-credentials --resource-group day-trade-production --name day-trade-aks\n',
  'terraform state list',
]);

it('production has the names of the specification, with its values', () => {
  const values = readFileSync(join(root, 'production.tfvars'), 'utf8').replaceAll(/ += /g, ' = ');
  for (const line of [
    'azure_region = "Japan East"',
    'environment = "production"',
    'vnet_cidr = "10.1.0.0/16"',
    'container_subnet_cidr = "10.1.1.0/24"',
    'database_subnet_cidr = "10.1.2.0/24"',
    'sql_database_sku = "S2"',
    'sql_database_max_size_gb = 100',
    'sql_admin_username = "sqladmin"',
    'redis_capacity = 1',
    'redis_family = "C"',
    'redis_sku_name = "Standard"',
  ]) {
    expect(values.split('\n')).toContain(line);
  }
});

it('README.md names the version of the provider that both roots are locked to', () => {
  const { provider, version, archives } = lockedProvider('azure');
  expect({ provider, archives }).toEqual({ provider: 'azurerm', archives: 0 });
  expect(lockedProvider('azure/bootstrap')).toEqual({ provider, version, archives });
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`azurerm that the tests apply, ${version}`);
});
