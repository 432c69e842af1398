import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runtimePackages } from './assemble/locked-packages.ts';
import { softwareBill } from './assemble/software-bill.ts';

// Prints the software bill of materials of an installed clone:
//   node scripts/run.mjs infrastructure/docker/write-sbom.ts > sbom.cdx.json
// The one in the image, /app/sbom.cdx.json, names the Debian packages as well.

const root = join(import.meta.dirname, '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const bill = softwareBill({
  version,
  packages: runtimePackages(root),
  debian: [],
  nodeVersion: process.versions.node,
});
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);
