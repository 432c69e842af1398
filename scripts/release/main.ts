#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { releaseChart } from './chart.ts';
import { checkRelease } from './check.ts';
import { buildImage, pushImage, pushIndex } from './image.ts';
import { root } from './workflow.ts';

const help = `The steps of a release, as .github/workflows/release.yml runs them.

Usage: node scripts/run.mjs scripts/release/main.ts STEP [options]

  check --tag TAG                     fails where the tag, the versions and CHANGELOG.md do not agree; writes the notes
  image                               builds the image for this machine's processor
  push --repository NAME              pushes it, gives its digest
  index --repository NAME DIGEST...   makes one image of those for different processors, tagged with the version
  chart --repository NAME --digest DIGEST --registry NAME
                                      packages the chart, which names that image, and pushes it

They run buildah, skopeo and helm, signed in already, and show each command. Exit code: 0 done, 1 not.
`;

const text = { type: 'string' } as const;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { tag: text, repository: text, digest: text, registry: text, help: { type: 'boolean' } },
  });
  const [asked = 'no step', ...names] = positionals;
  const needed = (option: 'tag' | 'repository' | 'digest' | 'registry'): string => {
    const value = values[option];
    if (value === undefined || value === '') throw new Error(`--${option} is missing`);
    return value;
  };
  const steps: Readonly<Record<string, () => void>> = {
    check: () => checkRelease(root, needed('tag')),
    image: buildImage,
    push: () => pushImage(needed('repository')),
    index: () => pushIndex(needed('repository'), names),
    chart: () => releaseChart({ repository: needed('repository'), digest: needed('digest') }, needed('registry')),
  };
  const step = steps[asked];
  if (values.help === true) process.stdout.write(help);
  else if (step === undefined) throw new Error(`${asked}: one of ${Object.keys(steps).join(', ')}`);
  else step();
} catch (error) {
  console.error(`release: ${(error as Error).message}`);
  process.exitCode = 1;
}
