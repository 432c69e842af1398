import type { Surroundings } from '../../packages/deployment/src/surroundings.ts';
import { versionOf } from './version.ts';

/** Builds the image of a commit, for this machine's processor, and writes it to a folder in the layout of OCI. */
export async function buildToFolder(
  { programs, root }: Pick<Surroundings, 'programs' | 'root'>,
  revision: string,
  layout: string,
): Promise<void> {
  const created = await programs.read('git', ['show', '--no-patch', '--format=%cI', revision], { folder: root });
  const facts = { VERSION: versionOf(root), REVISION: revision, CREATED: created.trim() };
  const args = Object.entries(facts).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const name = `day-trade:${revision}`;
  await programs.run('buildah', ['bud', '--file', 'infrastructure/docker/Dockerfile', ...args, '--tag', name, '.'], {
    folder: root,
  });
  await programs.run('buildah', ['push', name, `oci:${layout}`]);
}
