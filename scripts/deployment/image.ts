import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectIfThere, repositoryOf, signIn } from '../../packages/deployment/src/registry.ts';
import { variable } from '../../packages/deployment/src/surroundings.ts';
import type { Target } from '../../packages/deployment/src/targets.ts';
import { initialise, outputsOf } from '../../packages/deployment/src/terraform.ts';
import { buildToFolder } from './build-image.ts';
import { digestOf, fileOf } from './image-layout.ts';
import { setOutput, summarise, surroundings } from './workflow.ts';

const { programs } = surroundings;
const setting = (name: string) => variable(surroundings, name);

/** Where the image is kept until it is pushed, and its bill of materials beside it. */
const work = join(import.meta.dirname, '..', '..', '.cache', 'deployment');
const layout = join(work, 'image');
const bill = join(work, 'sbom.cdx.json');

/**
 * The image of this commit, on disk: fetched from the registry where an earlier deployment pushed it, else built. Its
 * bill of materials is taken out of it, for the scan that comes before the push.
 */
export async function prepareImage(target: Target): Promise<void> {
  await initialise(surroundings, target);
  const outputs = await outputsOf(surroundings, target);
  const repository = repositoryOf(outputs);
  const tagged = `${repository}:${setting('GITHUB_SHA')}`;
  await signIn(surroundings, target, outputs);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const there = await digestInRegistry(tagged);
  if (there === undefined) await buildToFolder(surroundings, setting('GITHUB_SHA'), layout);
  else await programs.run('skopeo', ['copy', '--preserve-digests', `docker://${repository}@${there}`, `oci:${layout}`]);
  writeFileSync(bill, await fileOf(programs, layout, 'app/sbom.cdx.json'));
  setOutput('sbom', bill);
  setOutput('repository', repository);
  setOutput('tagged', tagged);
  setOutput('digest', digestOf(layout));
  setOutput('built', String(there === undefined));
}

async function digestInRegistry(tagged: string): Promise<string | undefined> {
  return (await inspectIfThere(programs, tagged, '--format', '{{.Digest}}'))?.trim();
}

/**
 * Pushes what {@link prepareImage} left on disk, and gives its digest. What is in the registry is not pushed again: one
 * whose tags cannot be changed refuses that, also where the image is the same.
 * @throws Error when another deployment pushed another image of the commit meanwhile
 */
export async function pushImage(tagged: string): Promise<void> {
  const digest = digestOf(layout);
  const there = await digestInRegistry(tagged);
  if (there === undefined)
    await programs.run('skopeo', ['copy', '--preserve-digests', `oci:${layout}`, `docker://${tagged}`]);
  else if (there !== digest) {
    throw new Error(`${tagged} is ${there} since another deployment pushed it, not ${digest}: deploy again to take it`);
  }
  setOutput('digest', digest);
  summarise(`Image \`${tagged}\`, \`${digest}\``);
}
