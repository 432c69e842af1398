import { execFileSync } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { user } from './copy-runtime.ts';

/** Where the image keeps its compiled modules; `apps/cli/src/compile-cache.ts` finds them there. */
const compileCache = '/app/.compile-cache';

const loadEverything = '/app/infrastructure/docker/load-everything.mjs';

/** Starts that set other options of V8, each of which needs compiled modules of its own. */
const starts = [
  ['serve', 'ml-service'],
  ['serve', 'worker'],
] as const;

/**
 * Loads every module once inside the finished file system, as the user of the image, so that a start on a read-only
 * root finds them stripped of types and compiled. The entries depend on path, user and Node.js, which is why nothing
 * less will do.
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
    const loading = [`--userspec=${user.id}:${user.id}`, whole, '/usr/local/bin/node', loadEverything];
    for (const start of starts) {
      execFileSync('chroot', [...loading, ...start], {
        env: { PATH: '/usr/sbin:/usr/bin', HOME: '/tmp' },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
    }
    const kept = readdirSync(join(whole, compileCache)).length;
    if (kept !== starts.length)
      throw new Error(`modules were compiled for ${kept} ways to start, not ${starts.length}`);
    mkdirSync(join(target, 'app'), { recursive: true });
    cpSync(join(whole, compileCache), join(target, compileCache), { recursive: true });
    // Written for the owner alone; at run time the user only reads it.
    execFileSync('chown', ['-R', '0:0', join(target, compileCache)]);
    execFileSync('chmod', ['-R', 'u=rwX,go=rX', join(target, compileCache)]);
  } finally {
    rmSync(whole, { recursive: true, force: true });
  }
}
