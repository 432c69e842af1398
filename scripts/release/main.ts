#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { surroundings } from '../deployment/workflow.ts';
import { releaseChart } from './chart.ts';
import { checkRelease } from './check.ts';
import { buildImage, pushImage, pushIndex } from './image.ts';

const help = `The steps of a release, as .github/workflows/release.yml runs them.

Usage: node scripts/release/main.ts STEP [options]

  check --tag TAG                     fails where the tag, the versions and CHANGELOG.md do not agree; writes the notes
  image                               builds the image for this machine's processor
  push --repository NAME              pushes it, gives its digest
  index --repository NAME DIGEST...   makes one image of those for different processors, tagged with the version
  chart --repository NAME --digest DIGEST --registry NAME
                                      packages the chart, which names that image, and pushes it

They run buildah, skopeo and helm, signed in already, and show each command. Exit code: 0 done, 1 not.
`;

interface Options {
  readonly tag?: string | undefined;
  readonly repository?: string | undefined;
  readonly digest?: string | undefined;
  readonly registry?: string | undefined;
}

const steps: Readonly<Record<string, (options: Options, names: readonly string[]) => void | Promise<void>>> = {
  check: ({ tag }) => checkRelease(surroundings.root, needed('tag', tag)),
  image: buildImage,
  push: ({ repository }) => pushImage(needed('repository', repository)),
  index: ({ repository }, digests) => pushIndex(needed('repository', repository), digests),
  chart: ({ repository, digest, registry }) =>
    releaseChart(
      { repository: needed('repository', repository), digest: needed('digest', digest) },
      needed('registry', registry),
    ),
};

function needed(option: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new Error(`--${option} is missing`);
  return value;
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      tag: { type: 'string' },
      repository: { type: 'string' },
      digest: { type: 'string' },
      registry: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [name, ...names] = positionals;
  const step = steps[name ?? ''];
  if (values.help) process.stdout.write(help);
  else if (step === undefined) throw new Error(`${name ?? 'no step'}: one of ${Object.keys(steps).join(', ')}`);
  else await step(values, names);
} catch (error) {
  console.error(`release: ${(error as Error).message}`);
  process.exitCode = 1;
}
