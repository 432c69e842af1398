import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../tests/support/command.ts';
import { goInstall, goInstallInto } from '../../tests/support/go-install.ts';

/** The one that .github/actions/sign-in brings. */
const version = 'v0.2.19';

/** Folder with kubelogin, built from its Go module the first time (minutes). @throws Error where it cannot be built */
export async function kubelogin(cache: string): Promise<string> {
  const folder = join(cache, 'workflows', `kubelogin-${version}`);
  if (existsSync(join(folder, 'kubelogin'))) return folder;
  mkdirSync(folder, { recursive: true });
  const program = `github.com/Azure/kubelogin@${version}`;
  await run('go', goInstall(program), { environment: goInstallInto(folder), timeoutSeconds: 3600 });
  return folder;
}
