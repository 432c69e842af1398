import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildah, cache, output } from './buildah.ts';

const release = 'bookworm';
const authorities = '/etc/ssl/certs/ca-certificates.crt';

/**
 * The Debian-based image of Node.js that the Dockerfile starts from: the one that `DAYTRADE_NODE_IMAGE` names, else one
 * made here, since a machine need not reach a registry. It holds Debian's smallest system and, where the official image
 * has them, this Node.js and its npm, and trusts whom this machine trusts.
 */
export async function baseImage(): Promise<string> {
  const given = process.env.DAYTRADE_NODE_IMAGE;
  if (given !== undefined && given !== '') return given;
  const name = `localhost/node:${process.versions.node}-${release}`;
  if ((await buildah('images', '--quiet', '--filter', `reference=${name}`)) !== '') return name;
  const folder = join(cache, 'base');
  rmSync(folder, { recursive: true, force: true });
  // Its packages are unpacked and not set up, which a build needs no more of. In a container /proc is a link then.
  await output('debootstrap', ['--variant=minbase', '--foreign', release, folder]);
  rmSync(join(folder, 'proc'), { recursive: true });
  for (const name of ['proc', 'usr/local/bin']) mkdirSync(join(folder, name), { recursive: true });
  copyFileSync(process.execPath, join(folder, 'usr/local/bin/node'));
  cpSync(npmFolder(), join(folder, 'usr/local/lib/node_modules/npm'), { recursive: true, dereference: true });
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(folder, 'usr/local/bin/npm'));
  const environment = ['--env', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];
  if (existsSync(authorities)) {
    mkdirSync(dirname(join(folder, authorities)), { recursive: true });
    copyFileSync(authorities, join(folder, authorities));
    environment.push('--env', `NODE_EXTRA_CA_CERTS=${authorities}`);
  }
  const container = await buildah('from', 'scratch');
  await buildah('add', '--quiet', container, folder, '/');
  await buildah('config', ...environment, container);
  await buildah('commit', '--quiet', '--rm', container, name);
  rmSync(folder, { recursive: true });
  return name;
}

/** Of the npm that runs this suite, or of the one on the PATH. */
function npmFolder(): string {
  const script = process.env.npm_execpath ?? execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  return dirname(dirname(realpathSync(script)));
}
