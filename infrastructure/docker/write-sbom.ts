import { join } from 'node:path';
import { runtimePackages } from './assemble/locked-packages.ts';
import { softwareBill } from './assemble/software-bill.ts';

// Prints the software bill of materials of an installed clone:
//   node scripts/run.mjs infrastructure/docker/write-sbom.ts > sbom.cdx.json
// The one in the image, /app/sbom.cdx.json, names the Debian packages as well.

const root = join(import.meta.dirname, '..', '..');
process.stdout.write(softwareBill(root, runtimePackages(root)));
