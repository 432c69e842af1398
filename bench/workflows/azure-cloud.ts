import { dirname } from 'node:path';
import { Simulator } from '../../tests/azure/tooling/simulator.ts';
import { TerraformFolder, type TerraformThere } from '../../tests/support/terraform/terraform.ts';
import { ensurePackages } from '../harness/python-environment.ts';
import type { SimulatedCloud } from './cloud.ts';

const requirements = 'bench/azure-cluster/requirements.txt';

/** Azure with the identities and the account of bootstrap. @param kubeconfig what it gives out for every cluster */
export async function openAzure(
  terraform: TerraformThere,
  repository: string,
  kubeconfig: string,
  progress: (message: string) => void,
): Promise<SimulatedCloud> {
  const python = ensurePackages({ name: 'azure-cluster', requirements, size: 'about 400 MB' }, progress);
  const simulator = await Simulator.start(kubeconfig);
  const { ARM_SUBSCRIPTION_ID = '', ARM_TENANT_ID = '', SSL_CERT_FILE = '', HTTPS_PROXY = '' } = simulator.environment;
  const bootstrap = new TerraformFolder(terraform, 'azure/bootstrap', simulator.environment);
  await bootstrap.run(['init']);
  await bootstrap.run(['apply', '-auto-approve', '-parallelism=32', `-var=github_repository=${repository}`]);
  const outputs = JSON.parse((await bootstrap.run(['output', '-json'])).stdout);
  const { state_storage_account: account, deploy_client_ids: clients } = outputs;
  return {
    name: 'azure',
    proxyPort: Number(new URL(HTTPS_PROXY).port),
    environment: { ARM_OIDC_TOKEN: 'not-signed', AZURE_CORE_COLLECT_TELEMETRY: 'false' },
    authority: SSL_CERT_FILE,
    variables: (name) => ({
      AZURE_STATE_ACCOUNT: account.value,
      AZURE_CLIENT_ID: clients.value[name],
      AZURE_TENANT_ID: ARM_TENANT_ID,
      AZURE_SUBSCRIPTION_ID: ARM_SUBSCRIPTION_ID,
    }),
    ownValues: () => '',
    signIn: { 'azure/login': 'sign-in-azure' },
    behind: ['--set', 'postgresql.enabled=true,redis.enabled=true'],
    path: [dirname(python)],
    lastError: () => simulator.lastError,
  };
}
