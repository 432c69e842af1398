import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DebianPackage } from './copy-runtime.ts';
import type { LockedPackage, RuntimePackages } from './locked-packages.ts';

/**
 * Returns the software bill of materials of an installed clone, in CycloneDX 1.6: every npm package that runs, this
 * Node.js, and the Debian packages below it, as far as the file system of the image is at hand.
 */
export function softwareBill(
  root: string,
  { external, workspaces, inPage }: RuntimePackages,
  debian: readonly DebianPackage[] = [],
): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const { node } = process.versions;
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'container', 'bom-ref': `day-trade@${version}`, name: 'day-trade', version },
    },
    components: [
      { type: 'platform', name: 'node', version: node, purl: `pkg:generic/node@${node}` },
      ...debian.map(debianComponent),
      ...[...workspaces, ...external, ...inPage].map(npmComponent),
    ],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

function debianComponent({ name, version }: DebianPackage): object {
  return { type: 'library', name, version, purl: `pkg:deb/debian/${name}@${encodeURIComponent(version)}` };
}

function npmComponent({ path, name, version, license, integrity }: LockedPackage): object {
  const slash = name.indexOf('/');
  const purlName = slash < 0 ? name : `${encodeURIComponent(name.slice(0, slash))}/${name.slice(slash + 1)}`;
  return {
    type: 'library',
    'bom-ref': path,
    name,
    version,
    purl: `pkg:npm/${purlName}@${version}`,
    ...(license === null ? {} : { licenses: [toLicence(license)] }),
    ...(integrity === null ? {} : { hashes: [toHash(integrity)] }),
  };
}

/** An expression such as "(MIT OR Apache-2.0)" has its own field; a single name need not be in the list of SPDX. */
function toLicence(license: string): object {
  return /[( ]/.test(license) ? { expression: license } : { license: { name: license } };
}

function toHash(integrity: string): object {
  const [algorithm = '', digest = ''] = integrity.split(' ')[0]?.split('-') ?? [];
  const name = algorithm.replace(/^sha(\d+)$/, (_, bits: string) => `SHA-${bits}`);
  return { alg: name, content: Buffer.from(digest, 'base64').toString('hex') };
}
