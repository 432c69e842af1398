import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { setTieringBudget, tieringBudgets } from '@daytrade/storage/tiering-budget';
import { ofImage } from './compile-cache.ts';

/** Commands that only bring bars in: arrays that are made, written and forgotten, by the hundred a second. */
const bringing = new Set(['import', 'fetch']);
/** The first Node.js whose V8 has the option. */
const knowsGlobalLimit = 24;

/**
 * Sets V8's options for what a command does. They hold for all that is loaded later.
 *
 * - Of WebAssembly, that of Node.js' reader of TypeScript included, a command runs most functions a few times. V8
 *   compiles one once more, for speed, after it was run for longer than by default.
 * - V8 looks through its whole heap after each 64 MB of arrays. Where bars are brought in, it does so when heap and
 *   arrays have grown by a share of what there is, as it does of the heap alone. Not where models are trained, whose
 *   arrays are large and would be kept for longer; nor in the image, whose modules are compiled for two ways to start.
 * - `serve` of anything but the worker keeps the part of the heap for what was just made as small as it begins: a
 *   service that answers short requests needs 50 MB less at rest, while a process that computes for long would be
 *   slower.
 */
export function setEngineOptions([, , command = '', part]: readonly string[]): void {
  setTieringBudget(tieringBudgets.usual);
  if (command === 'serve' && part !== 'worker') setFlagsFromString('--semi-space-growth-factor=1');
  if (!bringing.has(command) || Number.parseInt(process.versions.node, 10) < knowsGlobalLimit) return;
  if (!existsSync(ofImage)) setFlagsFromString('--external-memory-accounted-in-global-limit');
}
