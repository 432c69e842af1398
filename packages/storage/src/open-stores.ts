import { openFolderBars } from './bars/bar-store.ts';
import { FolderObjectStore } from './objects/folder-object-store.ts';
import { ObjectsAndBars } from './objects/objects-and-bars.ts';
import { finishRestore } from './state-folder/restored-state.ts';
import { StateFolder, type StateFolderOptions } from './state-folder/state-folder.ts';
import { type Stores, storesOn } from './stores.ts';

export interface OpenStoresOptions extends Omit<StateFolderOptions, 'path'> {
  /** The state folder; made when it does not exist. */
  readonly folder: string;
  /** Receives a message with the new place of a damaged bar file. */
  readonly onSetAside?: ((message: string) => void) | undefined;
}

/**
 * Locks the state folder and opens all stores in it, for one process on one machine.
 *
 * @throws DayTradeError `state.locked` with the pid of the process that uses the folder; `state.unwritable`;
 *   `state.damaged`
 */
export async function openStores({ folder: path, onSetAside, ...options }: OpenStoresOptions): Promise<Stores> {
  await using opening = new AsyncDisposableStack();
  const folder = await StateFolder.open({ path, ...options });
  opening.defer(() => folder.close());
  await finishRestore(folder);
  const { openPGliteDatabase } = await import('./database/pglite/open.ts');
  const database = await openPGliteDatabase(folder.join('database'));
  opening.defer(() => database.close());
  const bars = await openFolderBars(folder.join('bars'), onSetAside);
  opening.defer(() => bars.close());
  const objects = await FolderObjectStore.open({ folder: folder.join('objects') });
  const files = new ObjectsAndBars(objects, folder.join('bars'));
  const opened = opening.move();
  return storesOn({ database, bars, objects, files, alone: true, close: () => opened.disposeAsync() });
}
