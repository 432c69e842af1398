import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseImage } from '../../tests/docker/base-image.ts';
import { buildah } from '../../tests/docker/buildah.ts';
import { repositoryRoot } from '../../tests/support/running-process.ts';
import type { Registries } from './registries.ts';

/** The image that the Dockerfile begins with. */
const base = 'library/node:24-bookworm-slim';

/**
 * Settings of buildah and skopeo, as variables: storage of their own, no more rights than here, and Docker Hub from the
 * registry of this machine, which then has the base of the image and nothing else of it.
 * @param storage kept from one run to the next
 */
export async function containerTools(
  registries: Registries,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  await buildah('push', '--quiet', '--tls-verify=false', await baseImage(), `docker://${registries.address}/${base}`);
  const [storage, hub, temporary] = ['storage.conf', 'registries.conf', 'tmp'].map((name) => join(folder, name));
  mkdirSync(temporary ?? '', { recursive: true });
  const at = (name: string) => join(repositoryRoot, '.cache', 'bench', 'workflows', name);
  writeFileSync(
    storage ?? '',
    `[storage]\ndriver = "vfs"\ngraphroot = "${at('storage')}"\nrunroot = "${join(folder, 'containers')}"\n`,
  );
  writeFileSync(
    hub ?? '',
    'unqualified-search-registries = ["docker.io"]\n' +
      `[[registry]]\nprefix = "docker.io"\nlocation = "${registries.address}"\ninsecure = true\n`,
  );
  return {
    BUILDAH_ISOLATION: 'chroot',
    STORAGE_DRIVER: 'vfs',
    CONTAINERS_STORAGE_CONF: storage ?? '',
    CONTAINERS_REGISTRIES_CONF: hub ?? '',
    TMPDIR: temporary ?? '',
  };
}
