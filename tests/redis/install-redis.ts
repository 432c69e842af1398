import { spawnSync } from 'node:child_process';

/** Brings Debian's redis-server where it is missing and can be had. */
export function setup(): void {
  if (spawnSync('redis-server', ['--version']).error === undefined) return;
  console.error('redis-server is not here; installing it with apt-get');
  const { status } = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'redis-server'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error('these tests need redis-server on PATH: apt-get install redis-server');
}
