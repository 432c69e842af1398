import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  type DateFormat,
  type FetchResult,
  type PriceBasis,
  parseResult,
  routes,
  type UploadRequest,
  uploadPartBytes,
} from '@daytrade/contracts';
import { isDayTradeError } from '@daytrade/errors';
import { CsvProvider, FolderFiles } from '@daytrade/market-data';
import type { CommandContext } from '../define-command.ts';
import type { Connection } from '../platform/connect.ts';
import { watchRun } from '../watch-run.ts';
import { sendFiles } from './send-files.ts';

export interface ImportRequest {
  /** Absolute path of a folder or a file. */
  readonly folder: string;
  /** Absolute path. */
  readonly symbolsFile: string | undefined;
  readonly priceBasis: PriceBasis | undefined;
  readonly dateFormat?: DateFormat | undefined;
  /** Reads and judges, and writes nothing. */
  readonly dryRun?: true | undefined;
}

type Watching = Pick<CommandContext, 'terminal' | 'signal'>;
type Services = Pick<Connection, 'data' | 'scheduler' | 'sharesFiles'>;

/**
 * Imports a folder. The data service reads the path itself where it can, else the files are sent.
 *
 * @returns the result of the run
 * @throws DayTradeError as {@link sendFiles} and {@link watchRun}; `data.folder-unreadable`
 */
export async function importFolder(
  context: Watching,
  services: Services,
  request: ImportRequest,
): Promise<FetchResult> {
  if (!services.sharesFiles) return await importSent(context, services, request);
  try {
    return await fetchBars(context, services, request);
  } catch (error) {
    // A service that others can ask reads no paths.
    if (!isDayTradeError(error) || error.code !== 'data.folder-refused') throw error;
    return await importSent(context, services, request);
  }
}

async function importSent(
  context: Watching,
  services: Services,
  { folder, symbolsFile, ...options }: ImportRequest,
): Promise<FetchResult> {
  const upload = await sendFiles(context, services.data, await localFiles(folder, symbolsFile));
  return await fetchBars(context, services, { upload, ...options });
}

async function fetchBars(
  context: Watching,
  { data, scheduler }: Services,
  request: Partial<ImportRequest> & { readonly upload?: string },
): Promise<FetchResult> {
  const { run } = await data.call(routes.startFetch, { body: { provider: 'csv', ...request } });
  return parseResult('fetch', await watchRun(context, { scheduler }, run, 'import'));
}

/** Name of the file of symbols in an upload. */
const symbolsName = 'symbols.csv';

/** The files of a folder of this machine that an import sends. */
export interface LocalFiles {
  readonly announcement: UploadRequest;
  /** Path of each file, by its name in the announcement. */
  readonly paths: ReadonlyMap<string, string>;
}

/**
 * Lists the files that an import reads from a folder, and hashes their parts.
 *
 * @param symbolsFile absolute path; default: symbols.csv in the folder or beside it
 * @throws DayTradeError `data.folder-unreadable`, `data.file-unreadable`
 */
async function localFiles(folder: string, symbolsFile: string | undefined): Promise<LocalFiles> {
  const files = new FolderFiles({ folder, symbolsFile });
  const listing = await new CsvProvider({ files }).look();
  const parent = listing.oneFile ? dirname(files.place) : files.place;
  const paths = new Map(listing.files.map(({ name }) => [name, join(parent, name)]));
  const symbols = await files.readSymbols();
  if (symbols !== undefined) paths.set(symbolsName, symbols.file);
  const announced: UploadRequest['files'] = [];
  for (const [name, path] of paths) announced.push({ name, ...(await contentOf(path)) });
  return { announcement: { folder: basename(parent) || 'bars', files: announced }, paths };
}

async function contentOf(path: string): Promise<{ readonly bytes: number; readonly parts: string[] }> {
  const parts: string[] = [];
  let bytes = 0;
  // A stream of a file fills each chunk but the last.
  for await (const chunk of createReadStream(path, { highWaterMark: uploadPartBytes })) {
    parts.push(hash('sha256', chunk as Buffer));
    bytes += (chunk as Buffer).length;
  }
  return { bytes, parts };
}
