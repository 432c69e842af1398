import { join } from 'node:path';
import { loadChosen } from '@daytrade/errors';
import { openSharedBars } from './bars/bar-store.ts';
import type { Database } from './database/database.ts';
import { type MssqlOptions, openMssqlDatabase } from './database/mssql/open.ts';
import { openPostgresDatabase, type PostgresOptions } from './database/postgres/open.ts';
import type { BlobContainer } from './objects/blob-object-store.ts';
import { DatabaseObjectStore } from './objects/database-object-store.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { openS3 } from './objects/open-s3.ts';
import type { S3ObjectStoreOptions } from './objects/s3-object-store.ts';
import { type Stores, storesOn } from './stores.ts';

/** The place of models, judged predictions and bar files, for all processes of an installation. */
export type ObjectsOptions =
  | { readonly kind: 'database' }
  | ({ readonly kind: 's3' } & S3ObjectStoreOptions)
  | ({ readonly kind: 'azure-blob' } & BlobContainer);

export interface OpenSharedStoresOptions {
  readonly database: ServerOptions;
  readonly objects: ObjectsOptions;
  /** Folder of this machine for copies; nothing in it needs to outlive the process. */
  readonly scratch: string;
  readonly onSetAside?: ((message: string) => void) | undefined;
}

/**
 * Opens the stores that several processes share: a database on a server, and objects beside or in it. It sends no
 * request, so a service can start before the database does; it is ready when `schema()` says so.
 *
 * @throws DayTradeError `settings.invalid`, `state.unwritable`
 */
export async function openSharedStores(options: OpenSharedStoresOptions): Promise<Stores> {
  await using opening = new AsyncDisposableStack();
  const database = await openServerDatabase(options.database);
  opening.defer(() => database.close());
  const objects = await openObjects(options.objects, database, opening);
  const bars = await openSharedBars(objects, join(options.scratch, 'copies'), options.onSetAside);
  opening.defer(() => bars.close());
  const opened = opening.move();
  return storesOn({ database, bars, objects, files: objects, alone: false, close: () => opened.disposeAsync() });
}

async function openObjects(
  objects: ObjectsOptions,
  database: Database,
  opening: AsyncDisposableStack,
): Promise<ObjectStore> {
  if (objects.kind === 'database') return new DatabaseObjectStore(database);
  if (objects.kind === 'azure-blob') {
    const { BlobObjectStore } = await loadChosen(
      'A container of Azure Blob Storage',
      '@azure/storage-blob',
      () => import('./objects/blob-object-store.ts'),
    );
    return new BlobObjectStore(objects);
  }
  const { kind: _kind, ...bucket } = objects;
  const store = await openS3(bucket);
  opening.defer(() => store.close());
  return store;
}

export type ServerOptions = PostgresOptions | MssqlOptions;

/**
 * Opens a database on a server, see {@link openPostgresDatabase} and {@link openMssqlDatabase}.
 * @throws DayTradeError `settings.invalid`
 */
export async function openServerDatabase(options: ServerOptions): Promise<Database> {
  return options.engine === 'mssql' ? await openMssqlDatabase(options) : await openPostgresDatabase(options);
}
