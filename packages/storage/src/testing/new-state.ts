import { cpSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStores } from '../open-stores.ts';
import type { Stores } from '../stores.ts';
import { sharedState } from './shared-state.ts';

/** Found or made once in a process. */
let made: Promise<string> | undefined;

/**
 * Puts into a folder what a first start makes there, as a copy of one that was made before: seconds of a processor less
 * for every test file that begins with a new state.
 *
 * @param folder absolute path of a state folder that does not exist yet
 * @returns the same path
 */
export async function newState(folder: string): Promise<string> {
  made ??= sharedState().then((shared) => shared ?? makeOwn());
  // A thousand small files: copied one after another, they take a third of the time.
  cpSync(await made, folder, { recursive: true });
  return folder;
}

/** Opens stores in a new state, `state` of a folder that goes when they are closed. */
export async function newStores(now: () => number): Promise<Stores & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'daytrade-stores-'));
  const stores = await openStores({ folder: await newState(join(folder, 'state')), purpose: 'a test', now });
  const close = async () => {
    await stores.close();
    rmSync(folder, { recursive: true });
  };
  return { ...stores, folder, close };
}

async function makeOwn(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'daytrade-new-state-'));
  process.once('exit', () => rmSync(parent, { recursive: true, force: true }));
  return await makeState(join(parent, 'state'));
}

/** Makes a new state in a folder, as a first start does. */
export async function makeState(folder: string): Promise<string> {
  const stores = await openStores({ folder, purpose: 'the state that tests begin with', now: Date.now });
  await stores.close();
  return folder;
}
