import { setFlagsFromString } from 'node:v8';

/**
 * How much of a function's code is run before V8 compiles it once more, for speed: in modules of WebAssembly that are
 * made from now on. V8's own is 13 MB.
 */
export const tieringBudgets = { usual: 50_000_000, most: 2_147_483_647 } as const;

export function setTieringBudget(bytes: number): void {
  setFlagsFromString(`--wasm-tiering-budget=${bytes}`);
}
