import { cpSync } from 'node:fs';
import { ensureBuilt } from '@daytrade/dashboard';
import { bundleModules } from './bundle-modules.ts';
import { copySources } from './copy-application.ts';
import type { RuntimePackages } from './locked-packages.ts';

/**
 * Puts what we wrote where it is run without a clone: sources, the bundle of modules, the page.
 *
 * @param root an installed clone
 * @param target the folder that holds its packages' `node_modules`
 */
export async function assembleApplication(root: string, target: string, packages: RuntimePackages): Promise<void> {
  copySources(root, target, packages.workspaces);
  await bundleModules(root, target);
  const { folder } = await ensureBuilt();
  cpSync(folder, folder.replace(root, target), { recursive: true });
}
