import { globSync } from 'node:fs';
import { join } from 'node:path';
import { RunningProcess } from '../running-process.ts';
import type { TerraformFolder } from './terraform.ts';

/**
 * Starts the provider that `init` has installed, for all further commands of the folder, which otherwise start it anew
 * several times each. Only the last configuration in a process counts: this is for mocks and for roots that have one.
 */
export async function keepProvider({ folder, environment }: TerraformFolder): Promise<void> {
  const [program = ''] = globSync('.terraform/providers/**/terraform-provider-*', {
    cwd: folder,
    followSymlinks: true,
  });
  // The provider for AWS takes a bundle of certificates at its first configuration only.
  const options = { environment: { ...environment, AWS_CA_BUNDLE: '' }, timeoutSeconds: 3000 };
  const flag = program.includes('azurerm') ? '-debuggable' : '-debug';
  const provider = new RunningProcess(join(folder, program), [flag], options);
  const [, address = ''] = await provider.until('stdout', /TF_REATTACH_PROVIDERS='(.*)'/);
  Object.assign(environment, { TF_REATTACH_PROVIDERS: address });
}
