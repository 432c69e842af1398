import type { DebianPackage } from './copy-runtime.ts';
import type { LockedPackage, RuntimePackages } from './locked-packages.ts';

/** The contents of the image. */
export interface BillInput {
  readonly version: string;
  readonly packages: RuntimePackages;
  /** Empty where the file system of the image is not at hand. */
  readonly debian: readonly DebianPackage[];
  readonly nodeVersion: string;
}

/**
 * The software bill of materials of the image, in CycloneDX 1.6: every npm package, Node.js, and the Debian packages
 * below it.
 */
export function softwareBill({ version, packages, debian, nodeVersion }: BillInput): object {
  const { external, workspaces, inPage } = packages;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'container', 'bom-ref': `day-trade@${version}`, name: 'day-trade', version },
    },
    components: [
      { type: 'platform', name: 'node', version: nodeVersion, purl: `pkg:generic/node@${nodeVersion}` },
      ...debian.map(debianComponent),
      ...[...workspaces, ...external, ...inPage].map(npmComponent),
    ],
  };
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
    ...(license === null ? {} : { licenses: [licenceOf(license)] }),
    ...(integrity === null ? {} : { hashes: [hashOf(integrity)] }),
  };
}

/** An expression such as "(MIT OR Apache-2.0)" has its own field; a single name need not be in the list of SPDX. */
function licenceOf(license: string): object {
  return /[( ]/.test(license) ? { expression: license } : { license: { name: license } };
}

function hashOf(integrity: string): object {
  const [algorithm = '', digest = ''] = integrity.split(' ')[0]?.split('-') ?? [];
  const name = algorithm.replace(/^sha(\d+)$/, (_, bits: string) => `SHA-${bits}`);
  return { alg: name, content: Buffer.from(digest, 'base64').toString('hex') };
}
