import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../../support/figure.ts';
import { stopEverything } from '../../support/running-process.ts';
import { Machine, missingForMachine, writeRelease } from '../../support/small-machine/machine.ts';
import { describeMachine } from '../../support/small-machine/machine-suite.ts';
import { describeRoot } from '../../support/small-machine/root-suite.ts';
import { step } from '../../support/steps.ts';
import { TerraformFolder, unless } from '../../support/terraform/terraform.ts';
import { findTerraformAndSimulator, Simulator } from '../tooling/simulator.ts';

const found = await findTerraformAndSimulator();
const { missing } = found;
const withoutMachine = missing || missingForMachine();
const anyFile = { archive: import.meta.filename, sha256: '0'.repeat(64) };

interface Resource {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

describe.skipIf(missing)(`a small environment${unless(missing)}`, () => {
  const release = withoutMachine === '' ? writeRelease() : anyFile;
  let simulator: Simulator;
  let terraform: TerraformFolder;
  let machine: Machine | undefined;
  let storage: string;

  beforeAll(async () => {
    simulator = await Simulator.start();
    terraform = new TerraformFolder(found, 'azure-small', {
      ...simulator.environment,
      TF_VAR_release_url: 'https://releases.example/day-trade-0.1.0-linux-arm64.tar.gz',
      TF_VAR_release_sha256: release.sha256,
      TF_VAR_ssh_public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1vC3dTqX4s1pTn3GQ7eAq9cH2rYvFz0bWm5kLx8uNd trader',
      TF_VAR_ssh_cidrs: '["203.0.113.7/32"]',
    });
    await terraform.run(['init', '-lockfile=readonly']);
    const from = performance.now();
    await step('small: terraform apply', () => terraform.run(['apply', '-auto-approve']));
    storage = `${await output('storage_account')}.blob.core.windows.net`;
    const { custom_data: userData } = await values('azurerm_linux_virtual_machine');
    if (withoutMachine !== '') return;
    machine = await step('small: from the start of the machine to its page', async () => {
      const started = await Machine.start(Buffer.from(String(userData), 'base64').toString(), release, storage);
      await started.untilPage();
      return started;
    });
    figure('azure: small: from apply to the page', (performance.now() - from) / 1000, 's');
  });
  afterAll(async () => {
    await machine?.stop();
    await stopEverything();
  });

  const output = async (name: string) => (await terraform.run(['output', '-raw', name])).stdout;

  async function values(type: string): Promise<Resource['values']> {
    const { stdout } = await terraform.run(['show', '-json']);
    const resources: Resource[] = JSON.parse(stdout).values.root_module.resources;
    return resources.find((resource) => resource.type === type)?.values ?? {};
  }

  it('lets in SSH by a key from the named networks, and nothing without one', async () => {
    expect(await values('azurerm_network_security_rule')).toMatchObject({
      access: 'Allow',
      destination_port_range: '22',
      source_address_prefixes: ['203.0.113.7/32'],
    });
    expect(await values('azurerm_linux_virtual_machine')).toMatchObject({ disable_password_authentication: true });
    await terraform.run(['plan', '-var=ssh_cidrs=[]', '-out=closed.bin']);
    const { stdout } = await terraform.run(['show', '-json', 'closed.bin']);
    const changes: { address: string; change: { actions: string[] } }[] = JSON.parse(stdout).resource_changes;
    const rule = changes.find(({ address }) => address === 'azurerm_network_security_rule.ssh[0]');
    expect(rule?.change.actions).toEqual(['delete']);
  });

  it('has storage that is versioned, not public, and opened by no key', async () => {
    expect(await values('azurerm_storage_account')).toMatchObject({
      allow_nested_items_to_be_public: false,
      blob_properties: [{ versioning_enabled: true }],
      min_tls_version: 'TLS1_2',
      network_rules: [{ default_action: 'Deny', ip_rules: ['203.0.113.7'] }],
      shared_access_key_enabled: false,
    });
    expect(await values('azurerm_storage_container')).toMatchObject({ container_access_type: 'private' });
  });

  it('has an identity that writes backups and can neither read nor remove one', async () => {
    const [allowed] = (await values('azurerm_role_definition')).permissions as Record<string, unknown>[];
    const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
    expect(allowed?.data_actions).toEqual([`${blobs}/add/action`, `${blobs}/write`]);
    expect(allowed?.actions ?? []).toEqual([]);
    const { scope } = await values('azurerm_role_assignment');
    expect(scope).toMatch(/\/containers\/backups$/);
  });

  describeRoot('azure', () => terraform);
  describe.skipIf(withoutMachine)(`its machine${unless(withoutMachine)}`, () => {
    describeMachine(
      () => machine!,
      () => storage,
    );
  });

  it('leaves nothing when it is destroyed', async () => {
    await step('small: terraform destroy', () => terraform.run(['destroy', '-auto-approve']));
    const group = 'https://management.azure.com/subscriptions/00000000-0000-4000-8000-000000000001/resourcegroups';
    expect(await simulator.ask('GET', `${group}?api-version=2024-03-01`)).toMatchObject({ value: [] });
    expect((await terraform.run(['state', 'list'])).stdout).toBe('');
  });
});
