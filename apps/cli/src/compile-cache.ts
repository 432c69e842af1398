import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/** Where the container's image brings its modules, compiled when it was made: at run time its root is read-only. */
export const ofImage = join(import.meta.dirname, '..', '..', '..', '.compile-cache');

/**
 * Takes modules as an earlier start compiled them, and keeps what it compiles itself where Node.js does by default.
 * Compiled code is good for V8's options as they were then: they have to be set before.
 */
export function keepCompiledModules(): void {
  enableCompileCache(existsSync(ofImage) ? ofImage : undefined);
}
