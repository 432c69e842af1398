import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assembleApplication, copyPackages } from './assemble/assemble-application.ts';
import { copyRuntime, nativeFilesBelow } from './assemble/copy-runtime.ts';
import { runtimePackages } from './assemble/locked-packages.ts';
import { softwareBill } from './assemble/software-bill.ts';

// Writes the image's file system from an installed clone, in three layers, the most stable one first:
//   node scripts/run.mjs infrastructure/docker/assemble-image.ts --output FOLDER
// The Dockerfile calls it; it also packs an image without docker. It needs root, for owners and chroot.

const { output } = parseArgs({ options: { output: { type: 'string' } } }).values;
if (output === undefined) throw new Error('usage: assemble-image.ts --output FOLDER');
const root = join(import.meta.dirname, '..', '..');
const layer = (name: string) => join(output, name);

process.umask(0o022);
const packages = runtimePackages(root);
copyPackages(root, join(layer('packages'), 'app'), packages.external);
const debian = copyRuntime(layer('runtime'), nativeFilesBelow(join(layer('packages'), 'app')));

const application = join(layer('application'), 'app');
await assembleApplication(root, application, packages);
mkdirSync(join(application, 'infrastructure/docker'), { recursive: true });
cpSync(join(import.meta.dirname, 'healthcheck.mjs'), join(application, 'infrastructure/docker', 'healthcheck.mjs'));
writeFileSync(join(application, 'sbom.cdx.json'), softwareBill(root, packages, debian));

const layers = ['runtime', 'packages', 'application'].map(layer);
execFileSync('chmod', ['-R', 'u=rwX,go=rX', join(layer('packages'), 'app'), application]);
execFileSync('chown', ['-R', '0:0', join(layer('packages'), 'app'), application]);
execFileSync('du', ['-sm', ...layers], { stdio: 'inherit' });
