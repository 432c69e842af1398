import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installDebianPackages, isProgram } from '../debian-packages.ts';
import { RunningProcess, repositoryRoot, temporaryFolder } from '../running-process.ts';
import { cacheFolder, run } from '../steps.ts';

/** The address at which every cloud answers its machines. */
const metadata = '169.254.169.254';

const programs = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Returns why no machine can be started here; empty when one can. */
export function missingForMachine(): string {
  if (process.env.DAYTRADE_TEST_MACHINE !== 'true') return 'a machine starts with DAYTRADE_TEST_MACHINE=true';
  if (process.getuid?.() !== 0) return 'a machine in a namespace needs root';
  if (!existsSync(join(repositoryRoot, '.git'))) return 'this folder is not a git clone';
  const needed = { 'systemd-nspawn': 'systemd-container', debootstrap: 'debootstrap', openssl: 'openssl' };
  const wanted = Object.entries(needed).filter(([program]) => !hasProgram(program));
  return wanted.length === 0 ? '' : (installDebianPackages(wanted.map(([, name]) => name)) ?? '');
}

/** A release's archive for the processor of this machine, and its SHA-256. */
export interface Release {
  readonly archive: string;
  readonly sha256: string;
}

/** Writes the release of this clone. */
export function writeRelease(): Release {
  const folder = temporaryFolder('release');
  const write = join(repositoryRoot, 'infrastructure', 'archive', 'write-archive.ts');
  execFileSync(process.execPath, [write, '--output', folder], { stdio: 'pipe' });
  const [name = ''] = globSync('*.tar.gz', { cwd: folder });
  const sha256 = readFileSync(join(folder, `${name}.sha256`), 'utf8').slice(0, 64);
  return { archive: join(folder, name), sha256 };
}

/**
 * A machine as its cloud starts it: systemd as its first process and cloud-init, in namespaces of their own. Debian
 * stands for Ubuntu, and the processor is that of the machine that runs the test.
 */
export class Machine {
  /** Files that storage took: a folder for each host. */
  readonly stored = temporaryFolder('stored');
  readonly #namespace = `day-trade-${process.pid}`;
  readonly #processes: RunningProcess[] = [];

  /** @param storage the host of the bucket */
  static async start(userData: string, release: Release, storage: string): Promise<Machine> {
    const machine = new Machine();
    const folder = temporaryFolder('machine');
    const root = join(folder, 'root');
    await run('cp', ['--archive', '--reflink=auto', await debianWithCloudInit(), root]);
    const certificate = await makeCertificate(folder, storage);
    appendFileSync(join(root, 'etc/ssl/certs/ca-certificates.crt'), readFileSync(certificate));
    writeFileSync(join(root, 'etc/hosts'), `127.0.0.1 localhost machine releases.example ${storage}\n`);
    writeFileSync(join(root, 'etc/cloud/cloud.cfg.d/99-here.cfg'), hereAlone);
    const seed = join(root, 'var/lib/cloud/seed/nocloud');
    mkdirSync(seed, { recursive: true });
    writeFileSync(join(seed, 'meta-data'), 'instance-id: i-1\nlocal-hostname: machine\n');
    writeFileSync(join(seed, 'user-data'), userData);
    await machine.#boot(root, certificate, release);
    return machine;
  }

  async #boot(root: string, certificate: string, release: Release): Promise<void> {
    const name = this.#namespace;
    await run('ip', ['netns', 'add', name]);
    await run('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
    await run('ip', ['-n', name, 'address', 'add', `${metadata}/32`, 'dev', 'lo']);
    const script = join(import.meta.dirname, 'stand-in.py');
    const outside = ['python3', '-u', script, certificate, release.archive, this.stored];
    const cloud = new RunningProcess('ip', ['netns', 'exec', name, ...outside], { timeoutSeconds: 900 });
    await cloud.until('stdout', /ready/);
    const namespace = `--network-namespace-path=/run/netns/${name}`;
    const options = ['--quiet', '--register=no', '--keep-unit', `--machine=${name}`, namespace];
    const nspawn = new RunningProcess('systemd-nspawn', [...options, '--directory', root, '--boot'], {
      timeoutSeconds: 900,
    });
    this.#processes.push(cloud, nspawn);
  }

  run(args: readonly string[], allowed: readonly number[] = [0]) {
    const [, nspawn] = this.#processes;
    const first = execFileSync('pgrep', ['--parent', String(nspawn?.pid)], { encoding: 'utf8' }).trim();
    const own = ['env', '--ignore-environment', `PATH=${programs}`];
    return run('nsenter', ['--target', first, '--all', '--wdns=/', ...own, ...args], { allowed });
  }

  /** Returns the status of the page, as a tunnel to the machine finds it; 0 while nothing answers. */
  pageStatus(): number {
    const ask = ['curl', '--silent', '--output', '/dev/null', '--write-out', '%{http_code}', 'http://127.0.0.1:8080/'];
    return Number(spawnSync('ip', ['netns', 'exec', this.#namespace, ...ask], { encoding: 'utf8' }).stdout);
  }

  /** Waits for the page. @throws Error with what the machine printed when it does not come */
  async untilPage(seconds = 600): Promise<void> {
    const end = performance.now() + seconds * 1000;
    while (this.pageStatus() !== 200) {
      if (performance.now() > end) throw new Error(`no page after ${seconds} s:\n${this.#processes[1]?.stdout}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** Shuts the machine down, as its cloud does. */
  async stop(): Promise<void> {
    const [cloud, nspawn] = this.#processes;
    nspawn?.signal('SIGTERM');
    await nspawn?.finished;
    cloud?.kill();
    await cloud?.finished;
    spawnSync('ip', ['netns', 'delete', this.#namespace]);
  }
}

/** cloud-init reads the folder that the test writes, and leaves the network as it is. */
const hereAlone = `datasource_list: [NoCloud]
network: {config: disabled}
locale: C.UTF-8
ssh_pwauth: false
`;

/** Returns the folder of a Debian with what images of clouds have, made once. */
async function debianWithCloudInit(): Promise<string> {
  const folder = join(cacheFolder(), 'debian-12-with-cloud-init');
  await run('flock', [`${folder}.lock`, 'sh', '-ceu', makeDebian, 'sh', folder]);
  return folder;
}

const makeDebian = `
  test ! -e "$1" || exit 0
  rm -rf "$1.part"
  packages=systemd,systemd-sysv,dbus,cloud-init,python3-cffi-backend,curl,ca-certificates,unattended-upgrades
  debootstrap --variant=minbase --include=$packages,tzdata,sudo,iproute2,openssl bookworm "$1.part"
  rm "$1.part/var/cache/apt/archives"/*.deb
  mv "$1.part" "$1"`;

/** Makes a certificate for everything outside, with its key, and returns its file. */
async function makeCertificate(folder: string, storage: string): Promise<string> {
  const file = join(folder, 'outside.pem');
  const names = `subjectAltName=DNS:releases.example,DNS:${storage}`;
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', file];
  await run('openssl', ['req', '-x509', '-days', '2', '-subj', '/CN=outside', '-addext', names, ...key, '-out', file]);
  return file;
}

function hasProgram(name: string): boolean {
  return isProgram(name) || spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
}
