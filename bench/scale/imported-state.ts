import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandCosts } from '../harness/command-costs.ts';
import type { SuiteContext } from '../harness/suite.ts';
import type { ScaleSizes } from './scale-sizes.ts';

/** A state folder with the bars of a folder in it, imported once: what works on it works on a copy. */
export async function importedState(context: SuiteContext, sizes: ScaleSizes, folder: string): Promise<string> {
  const state = join(context.cache, 'scale', `state-${sizes.symbols}-${sizes.sessions}`);
  if (existsSync(state)) return state;
  context.progress(`importing ${sizes.symbols} symbols, for what follows`);
  const unfinished = `${state}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  await commandCosts(unfinished, ['import', folder]);
  renameSync(unfinished, state);
  return state;
}
