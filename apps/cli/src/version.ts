import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const manifest = join(import.meta.dirname, '..', '..', '..', 'package.json');

/** The version of the platform, from its package.json: of the command line, and of the services that it runs. */
export const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
