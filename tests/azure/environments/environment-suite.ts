import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { figure } from '../../support/figure.ts';
import { repositoryRoot } from '../../support/running-process.ts';
import { describeApplied } from '../../support/terraform/applied-terraform.ts';
import { expectHidden, type SecretValue } from '../../support/terraform/secret-places.ts';
import type { AppliedEnvironment } from './applied-environment.ts';

/** Every key that the state of the provider has in clear, and why it opens nothing. */
const uselessKeys: Readonly<Record<string, string>> = {
  azurerm_application_insights: 'sign-in without Entra is off',
  azurerm_container_registry: 'the administrator is off',
  azurerm_kubernetes_cluster: 'local accounts are off, and the configuration leads to Entra',
  azurerm_log_analytics_workspace: 'sign-in by the keys is off',
  azurerm_storage_account: 'access by keys is off',
};

const secretNames = ['database-password', 'grafana-admin-password', 'token'];

/** What is asked of an environment while it stands. */
export function describeEnvironment(find: () => AppliedEnvironment): void {
  const resources = async () =>
    JSON.parse((await find().terraform.run(['show', '-json'])).stdout).values.root_module.resources as StateResource[];

  describeApplied('azure', find, ['azurerm_postgresql_flexible_server.main[0]', /^ +mode += "ZoneRedundant"$/m]);

  it('leaves no secret in state, plan or output', async () => {
    const secrets = await secretsOf(find());
    figure('azure: secrets searched for', secrets.length);
    expect(secrets.map((secret) => secret.name)).toEqual(secretNames);
    for (const { value } of secrets) expect(value.length).toBeGreaterThanOrEqual(16);
    expect(new Set(secrets.map(({ value }) => value)).size).toBe(secretNames.length);
    expectHidden(find(), secrets);
  });

  it('has keys in its state only where they open nothing', async () => {
    const keys = /(access_key|shared_key|connection_string|instrumentation_key|admin_password|kube_.*config.*raw)$/;
    const holders = (await resources()).filter(({ values }) =>
      Object.entries(values).some(([field, value]) => keys.test(field) && typeof value === 'string' && value !== ''),
    );
    expect([...new Set(holders.map(({ type }) => type))].filter((type) => !(type in uselessKeys))).toEqual([]);
  });

  it('gives no role but those that a deployment may give', async () => {
    const file = join(repositoryRoot, 'infrastructure/terraform/azure/bootstrap/github.tf');
    const given = readFileSync(file, 'utf8').split('given = [')[1]?.split(']')[0] ?? '';
    const roles = (await resources()).filter(({ type }) => type === 'azurerm_role_assignment');
    const names = new Set(roles.map(({ values }) => `"${String(values.role_definition_name)}"`));
    expect(new Set(given.match(/"[^"]+"/g))).toEqual(names);
  });
}

interface StateResource {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

function secretsOf(environment: AppliedEnvironment): Promise<SecretValue[]> {
  return Promise.all(secretNames.map(async (name) => ({ name, value: await environment.secret(name) })));
}
