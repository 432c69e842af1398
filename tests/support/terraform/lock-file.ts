import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../running-process.ts';

/** What a root's lock file says of its provider. */
export interface LockedProvider {
  readonly provider: string;
  readonly version: string;
  /** Checksums of the archives of all platforms that are published. */
  readonly archives: number;
}

/** The one provider that a root is locked to. @param root the folder below infrastructure/terraform */
export function lockedProvider(root: string): LockedProvider {
  const file = join(repositoryRoot, 'infrastructure', 'terraform', root, '.terraform.lock.hcl');
  const text = readFileSync(file, 'utf8');
  const [, provider = '', version = ''] = /^provider ".*\/(\w+)" \{\n +version += "([\d.]+)"$/m.exec(text) ?? [];
  return { provider, version, archives: text.match(/^ +"zh:[0-9a-f]{64}",$/gm)?.length ?? 0 };
}
