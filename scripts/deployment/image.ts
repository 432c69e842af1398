import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, run, setOutput, setting, summarise, tryRead } from './programs.ts';
import { repositoryOf, signIn } from './registry.ts';
import type { Target } from './targets.ts';
import { initialise, outputsOf } from './terraform.ts';

/** Where the image is kept until it is pushed, and its bill of materials beside it. */
const work = join(import.meta.dirname, '..', '..', '.cache', 'deployment');
const layout = join(work, 'image');
const bill = join(work, 'sbom.cdx.json');

/**
 * The image of this commit, on disk: fetched from the registry where an earlier deployment pushed it, else built. Its
 * bill of materials is taken out of it, for the scan that comes before the push.
 */
export function prepareImage(target: Target): void {
  initialise(target);
  const outputs = outputsOf(target);
  const repository = repositoryOf(outputs);
  const tagged = `${repository}:${setting('GITHUB_SHA')}`;
  signIn(target, outputs);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const there = digestInRegistry(tagged);
  if (there === undefined) build();
  else run('skopeo', ['copy', '--preserve-digests', `docker://${repository}@${there}`, `oci:${layout}`]);
  writeFileSync(bill, fileOfImage('app/sbom.cdx.json'));
  setOutput('sbom', bill);
  setOutput('repository', repository);
  setOutput('tagged', tagged);
  setOutput('digest', digestOnDisk());
  setOutput('built', String(there === undefined));
}

function build(): void {
  const revision = setting('GITHUB_SHA');
  const root = join(import.meta.dirname, '..', '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const created = read('git', ['show', '--no-patch', '--format=%cI', revision], { folder: root }).trim();
  const facts = { VERSION: version, REVISION: revision, CREATED: created };
  const args = Object.entries(facts).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const name = `day-trade:${revision}`;
  run('buildah', ['bud', '--file', 'infrastructure/docker/Dockerfile', ...args, '--tag', name, '.'], { folder: root });
  run('buildah', ['push', name, `oci:${layout}`]);
}

function digestInRegistry(tagged: string): string | undefined {
  return tryRead('skopeo', ['inspect', '--format', '{{.Digest}}', `docker://${tagged}`])?.trim();
}

const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

function digestOnDisk(): string {
  const [manifest] = json(join(layout, 'index.json')).manifests as { digest: string }[];
  if (manifest === undefined) throw new Error(`${layout} has no image`);
  return manifest.digest;
}

/** A file of the image on disk. @throws Error when no layer has it */
function fileOfImage(path: string): string {
  const blob = (digest: string) => join(layout, 'blobs', ...digest.split(':'));
  const { layers } = json(blob(digestOnDisk())) as { layers: readonly { digest: string }[] };
  for (const { digest } of layers.toReversed()) {
    const found = tryRead('tar', ['--extract', '--gzip', '--to-stdout', '--file', blob(digest), path]);
    if (found !== undefined) return found;
  }
  throw new Error(`no layer of the image has ${path}`);
}

/**
 * Pushes what {@link prepareImage} left on disk, and gives its digest. What is in the registry is not pushed again: one
 * whose tags cannot be changed refuses that, also where the image is the same.
 * @throws Error when another deployment pushed another image of the commit meanwhile
 */
export function pushImage(tagged: string): void {
  const digest = digestOnDisk();
  const there = digestInRegistry(tagged);
  if (there === undefined) run('skopeo', ['copy', '--preserve-digests', `oci:${layout}`, `docker://${tagged}`]);
  else if (there !== digest) {
    throw new Error(`${tagged} is ${there} since another deployment pushed it, not ${digest}: deploy again to take it`);
  }
  setOutput('digest', digest);
  summarise(`Image \`${tagged}\`, \`${digest}\``);
}
