#!/usr/bin/env node
import { releaseChart } from './chart.ts';
import { checkRelease } from './check.ts';
import { buildImage, pushImage, pushIndex } from './image.ts';
import { needed, runStep } from './run-step.ts';
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

await runStep({
  name: 'release',
  help,
  options: ['tag', 'repository', 'digest', 'registry'],
  steps: {
    check: (given) => checkRelease(root, needed(given, 'tag')),
    image: buildImage,
    push: (given) => pushImage(needed(given, 'repository')),
    index: (given, digests) => pushIndex(needed(given, 'repository'), digests),
    chart: (given) => {
      const image = { repository: needed(given, 'repository'), digest: needed(given, 'digest') };
      return releaseChart(image, needed(given, 'registry'));
    },
  },
});
