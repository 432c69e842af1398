import { type SpawnSyncReturns, spawnSync } from 'node:child_process';

/** Of `flock` where the command that it shall run is not there. */
const notThere = 69;

/**
 * Brings Debian's packages to a machine that lacks them, for the suites that run what others wrote.
 *
 * @returns why that was not possible; nothing when they are installed
 */
export function installDebianPackages(packages: readonly string[]): string | undefined {
  const wanted = `apt-get install ${packages.join(' ')}`;
  if (process.getuid?.() !== 0) return `needs ${wanted}, which only root may do`;
  console.error(`missing here, and so: ${wanted}`);
  aptGet(['update']);
  const { status, error } = aptGet(['install', '--yes', '--no-install-recommends', ...packages]);
  if (error !== undefined || status === notThere) return `needs ${wanted}, and there is no apt-get`;
  return status === 0 ? undefined : `needs ${wanted}, which ended with exit code ${status}`;
}

function aptGet(args: readonly string[]): SpawnSyncReturns<Buffer> {
  // Two suites may want something at the same time; `update` does not wait for a lock by itself.
  const command = ['/tmp/day-trade-apt.lock', 'apt-get', '-qq', '--option', 'DPkg::Lock::Timeout=120', ...args];
  return spawnSync('flock', command, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** Whether a program is here and runs. */
export function isProgram(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;
}
