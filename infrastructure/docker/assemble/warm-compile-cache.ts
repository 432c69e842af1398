import { execFileSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { user } from './copy-runtime.ts';

/** Where the image keeps its compiled modules; NODE_COMPILE_CACHE says so at run time. */
export const compileCache = '/app/.compile-cache';

/**
 * Loads every module once inside the finished file system, as the user of the image, so that a start on a read-only root finds
 * them stripped of types and compiled. The entries depend on path, user and Node.js, which is why nothing less will do.
 *
 * @param layers folders that make up the image, lowest first
 * @param target the layer that gets the cache
 */
export function warmCompileCache(layers: readonly string[], target: string): void {
  const whole = mkdtempSync(join(dirname(target), 'whole-'));
  try {
    for (const layer of layers) execFileSync('cp', ['-al', `${layer}/.`, whole]);
    mkdirSync(join(whole, compileCache));
    chownSync(join(whole, compileCache), user.id, user.id);
    execFileSync(
      'chroot',
      [
        `--userspec=${user.id}:${user.id}`,
        whole,
        '/usr/local/bin/node',
        '/app/infrastructure/docker/load-everything.mjs',
      ],
      {
        env: { PATH: '/usr/sbin:/usr/bin', NODE_COMPILE_CACHE: compileCache, HOME: '/tmp' },
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    if (!existsSync(join(whole, compileCache))) throw new Error('no module was compiled');
    mkdirSync(join(target, 'app'), { recursive: true });
    cpSync(join(whole, compileCache), join(target, compileCache), { recursive: true });
    // Written for the owner alone; at run time the user only reads it.
    execFileSync('chown', ['-R', '0:0', join(target, compileCache)]);
    execFileSync('chmod', ['-R', 'u=rwX,go=rX', join(target, compileCache)]);
  } finally {
    rmSync(whole, { recursive: true, force: true });
  }
}
