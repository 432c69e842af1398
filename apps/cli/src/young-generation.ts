import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the part of the heap for what was just made as small as it begins, for `serve` of anything but the worker: a
 * service that answers short requests needs 50 MB less at rest, while a process that computes for long would be slower.
 * It holds for all that is loaded later.
 */
export function sizeYoungGeneration([, , command, part]: readonly string[]): void {
  if (command === 'serve' && part !== 'worker') setFlagsFromString('--semi-space-growth-factor=1');
}
