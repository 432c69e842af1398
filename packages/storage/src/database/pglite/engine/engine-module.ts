import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTieringBudget, tieringBudgets } from './tiering-budget.ts';

/** What is used of it: TypeScript knows it among the types of browsers only. */
declare const WebAssembly: { readonly Module: new (bytes: Uint8Array) => CompiledEngine };
interface CompiledEngine {
  readonly compiled: unique symbol;
}

let made: CompiledEngine | undefined;

/**
 * The WebAssembly of the embedded PostgreSQL, compiled once in a process.
 *
 * It has 9 MB, of which a command runs most functions a few times. With the usual budget V8 compiles the largest of
 * them for speed in every command, for which it takes half a second and 600 MB; with the most there is, only in those
 * that ask hundreds of times. V8 reads the budget when it makes a module, so that it holds for this one alone.
 */
export function engineModule(): CompiledEngine {
  made ??= compile();
  return made;
}

/** At once, not in the background, so that no other module is made in between. */
function compile(): CompiledEngine {
  const engine = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const code = readFileSync(join(dirname(engine), 'pglite.wasm'));
  setTieringBudget(tieringBudgets.most);
  try {
    return new WebAssembly.Module(code);
  } finally {
    setTieringBudget(tieringBudgets.usual);
  }
}
