import { copyFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopEverything } from '../../support/running-process.ts';
import { step } from '../../support/steps.ts';
import { keepProvider } from '../../support/terraform/running-provider.ts';
import { TerraformFolder, unless } from '../../support/terraform/terraform.ts';
import { findTerraformAndSimulator, Simulator } from '../tooling/simulator.ts';

interface StateResource {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const terraform = await findTerraformAndSimulator();

// A part that takes seconds, for Azure lets nobody know of a role at once; what is locked is the state.
const part = ['-target=azurerm_role_assignment.aks', '-var-file=development.tfvars', '-no-color'];
const apply = ['apply', '-auto-approve', ...part];

describe.skipIf(terraform.missing)(`whoever applies${unless(terraform.missing)}`, () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await Simulator.start();
  });
  afterAll(async () => {
    simulator?.stop();
    await stopEverything();
  });

  it('signs in by a token of GitHub, and no secret', async () => {
    const { ARM_CLIENT_SECRET: _, ...others } = simulator.environment;
    const oidc = { ...others, ARM_USE_OIDC: 'true', ARM_OIDC_TOKEN: 'a-token-of-a-job' };
    const folder = new TerraformFolder(terraform, 'azure', oidc);
    await folder.run(['init']);
    expect((await folder.run(['plan', ...part])).stdout).toContain('azurerm_resource_group.main will be created');
  });

  it('learns in plain words that a secret has expired', async () => {
    const folder = new TerraformFolder(terraform, 'azure', { ...simulator.environment, ARM_CLIENT_SECRET: 'expired' });
    await folder.run(['init']);
    const { stderr } = await folder.run(['plan', ...part], [1]);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
      'AADSTS7000222: The provided client secret keys for app are expired',
    );
  });

  describe('with the state in a storage account', () => {
    let account: string;
    let bootstrap: TerraformFolder;
    let first: TerraformFolder;
    let second: TerraformFolder;
    beforeAll(async () => {
      bootstrap = new TerraformFolder(terraform, 'azure/bootstrap', simulator.environment);
      await step('sign-in: bootstrap', async () => {
        await bootstrap.run(['init']);
        await keepProvider(bootstrap);
        await bootstrap.run(['apply', '-auto-approve', '-var=github_repository=example/day-trade']);
      });
      account = (await bootstrap.run(['output', '-raw', 'state_storage_account'])).stdout;
      const again = ['plan', '-detailed-exitcode', '-var=github_repository=example/day-trade'];
      expect((await bootstrap.run(again, [0, 2])).exitCode).toBe(0);
      // The first `init` makes the state, and holds its lock for that.
      first = await person();
      second = await person();
    });

    it('lets a job change its own group alone, and give the roles that its environment gives', async () => {
      const { stdout } = await bootstrap.run(['show', '-json']);
      const resources: StateResource[] = JSON.parse(stdout).values.root_module.resources;
      const roles = resources.filter(({ address }) => address.startsWith('azurerm_role_assignment.deploy['));
      const broad = roles.filter(({ values }) => !String(values.scope).includes('/resourceGroups/'));
      expect(new Set(broad.map(({ values }) => values.role_definition_name))).toEqual(new Set(['Reader']));
      const access = roles.filter(({ values }) => /Access/.test(String(values.role_definition_name)));
      expect(access.map(({ values }) => values.role_definition_name)).toEqual(
        Array(3).fill('Role Based Access Control Administrator'),
      );
      for (const { values } of access) {
        expect(String(values.condition).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)).toHaveLength(16);
      }
      // A plan has roles of its own, which read.
      const plans = roles.filter(({ address }) => address.includes('-plan-'));
      const names = new Set(plans.map(({ values }) => values.role_definition_name));
      expect(names).toEqual(new Set(['Reader', 'Storage Blob Data Reader']));
      const custom = resources.filter(({ address }) => address.startsWith('azurerm_role_definition.plan['));
      const allowed = JSON.stringify(custom.map(({ values }) => values.permissions)).match(/Microsoft[\w./*]+/g);
      expect(allowed?.filter((action) => !/\/(?:read|(?:get|list|read|shared)\w+\/action)$/.test(action))).toEqual([]);
      expect(allowed).toHaveLength(3 * 6);
    });

    /** A clone of somebody's, with the state where README.md says. */
    async function person(): Promise<TerraformFolder> {
      const folder = new TerraformFolder(terraform, 'azure', simulator.environment);
      copyFileSync(join(folder.folder, 'backend_override.tf.example'), join(folder.folder, 'backend_override.tf'));
      const where = ['-backend-config=backend.development.hcl', `-backend-config=storage_account_name=${account}`];
      await folder.run(['init', ...where]);
      return folder;
    }

    it('waits for who holds the lock, or learns who that is', async () => {
      const running = first.start(apply);
      await running.until('stdout', /azurerm_role_assignment\.aks\["network"\]: Creating/);
      const refused = await step('sign-in: a second apply', () => second.run([...apply, '-lock-timeout=0s'], [1]));
      expect(refused.stderr).toContain('Error acquiring the state lock');
      expect(refused.stderr).toContain(`Who:       ${userInfo().username}@${hostname()}`);
      expect(refused.stderr).toContain('Operation: OperationTypeApply');
      let waited = await second.run([...apply, '-lock-timeout=300s'], [0, 1]);
      // Bootstrap made the group of the environment.
      expect(await running.finished).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1 imported') });
      // Terraform takes the holder's name off a lock before the lock itself; who asks in between is refused at once.
      if (waited.stderr.includes('"terraformlockid" was empty')) waited = await second.run(apply);
      expect(waited.exitCode).toBe(0);
      expect(waited.stdout).toContain('azurerm_role_assignment.aks["network"]: Refreshing state');
    });
  });
});
