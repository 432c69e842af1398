import { versionOf } from './version.ts';
import { read, root, run } from './workflow.ts';

/** Builds the image of a commit, for this machine's processor, and writes it to a folder in the layout of OCI. */
export function buildToFolder(revision: string, layout: string): void {
  const created = read('git', ['show', '--no-patch', '--format=%cI', revision]) ?? '';
  const facts = { VERSION: versionOf(root), REVISION: revision, CREATED: created.trim() };
  const args = Object.entries(facts).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const name = `day-trade:${revision}`;
  run('buildah', ['bud', '--file', 'infrastructure/docker/Dockerfile', ...args, '--tag', name, '.']);
  run('buildah', ['push', name, `oci:${layout}`]);
}
