import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { assembleApplication, copyPackages } from '../docker/assemble/assemble-application.ts';
import { runtimePackages } from '../docker/assemble/locked-packages.ts';
import { softwareBill } from '../docker/assemble/software-bill.ts';

// Writes the release for a machine that has neither Node.js nor npm, from an installed clone:
//   node scripts/run.mjs infrastructure/archive/write-archive.ts --output FOLDER
// It is for the system and the processor that it is written on, with the Node.js that writes it. From the same commit
// and the same Node.js the same bytes come out.

const { output } = parseArgs({ options: { output: { type: 'string' } } }).values;
if (output === undefined) throw new Error('usage: write-archive.ts --output FOLDER');
const root = join(import.meta.dirname, '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const name = `day-trade-${version}-${process.platform}-${process.arch}`;
const packages = runtimePackages(root);

process.umask(0o022);
const work = mkdtempSync(join(tmpdir(), 'archive-'));
try {
  const folder = join(work, `day-trade-${version}`);
  copyPackages(root, join(folder, 'app'), packages.external);
  await assembleApplication(root, join(folder, 'app'), packages);
  copyNode(folder);
  cpSync(join(import.meta.dirname, 'daytrade'), join(folder, 'daytrade'));
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(join(folder, 'sbom.cdx.json'), softwareBill(root, packages));
  pack(work, resolve(output));
} finally {
  rmSync(work, { recursive: true });
}

/** The Node.js of this process and its licence, which lies beside its folder of programs. */
function copyNode(folder: string): void {
  const node = realpathSync(process.execPath);
  mkdirSync(join(folder, 'bin'));
  cpSync(node, join(folder, 'bin', 'node'));
  cpSync(join(dirname(dirname(node)), 'LICENSE'), join(folder, 'bin', 'LICENSE-node'));
}

/** An archive and its hash, as `sha256sum --check` reads it. Names, owners and times are the same on every machine. */
function pack(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  const archive = join(to, `${name}.tar.gz`);
  const committed = execFileSync('git', ['show', '--no-patch', '--format=%ct', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  });
  const same = ['--sort=name', `--mtime=@${committed.trim()}`, '--owner=0', '--group=0', '--numeric-owner'];
  const compress = ['--use-compress-program', 'gzip --no-name'];
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', from]);
  execFileSync('tar', [
    '--create',
    '--file',
    archive,
    '--directory',
    from,
    ...same,
    ...compress,
    `day-trade-${version}`,
  ]);
  const hash = createHash('sha256').update(readFileSync(archive)).digest('hex');
  writeFileSync(`${archive}.sha256`, `${hash}  ${name}.tar.gz\n`);
  console.log(archive);
}
