import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../support/running-process.ts';
import { readDeclarations } from '../../support/terraform/declarations.ts';
import { lockedProvider } from '../../support/terraform/lock-file.ts';

const root = join(repositoryRoot, 'infrastructure', 'terraform', 'azure');
const file = join(root, 'README.md');
const text = readFileSync(file, 'utf8');
const declarations = readDeclarations(root);
const variables = declarations.filter(({ kind }) => kind === 'variable');

describe('the declarations', () => {
  it('have a type and a description each, and rules wherever a value can be wrong', () => {
    expect(variables.length).toBeGreaterThan(40);
    expect(declarations.filter(({ description }) => (description ?? '').length < 10)).toEqual([]);
    expect(variables.filter(({ type, validations }) => type !== 'bool' && validations === 0)).toEqual([]);
  });

  it('demand nothing but the environment', () => {
    const demanded = variables.filter((variable) => variable.default === undefined);
    expect(demanded.map(({ name }) => name)).toEqual(['environment']);
  });

  it('have the names of the specification, with its values in production', () => {
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
});

describe('README.md', () => {
  it.each([
    'cd infrastructure/terraform/azure\nterraform init\nterraform apply -var-file="production.tfvars"\n',
    'az aks get-credentials --resource-group day-trade-production --name day-trade-aks\n',
    'terraform state list',
  ])('gives the specification’s command: %s', (command) => {
    expect(text).toContain(command);
  });

  it('names the version of the provider that both roots are locked to, and says that checksums are to come', () => {
    const { provider, version, archives } = lockedProvider('azure');
    expect({ provider, archives }).toEqual({ provider: 'azurerm', archives: 0 });
    expect(lockedProvider('azure/bootstrap')).toEqual({ provider, version, archives });
    expect(text).toContain(`azurerm that the tests apply, ${version}`);
  });

  it('links only to what is there, and names only outputs that there are', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
    expect(links.filter((target) => !/^https?:/.test(target) && !existsSync(join(dirname(file), target)))).toEqual([]);
    const named = [...text.matchAll(/terraform output (?:-raw |-json )?(\w+)/g)].map(([, name = '']) => name);
    const outputs = declarations.filter(({ kind }) => kind === 'output').map(({ name }) => name);
    expect(named.filter((name) => !outputs.includes(name))).toEqual([]);
  });
});
