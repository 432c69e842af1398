import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  type DateFormat,
  type FetchResult,
  type PriceBasis,
  parseResult,
  routes,
  type UploadRequest,
  uploadKeptHours,
  uploadPartBytes,
} from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { CsvProvider, FolderFiles } from '@daytrade/market-data';
import type { ServiceClient } from '@daytrade/service/client';
import type { CommandContext } from '../define-command.ts';
import { say } from '../language/language.ts';
import { ProgressLine, type ProgressStream } from '../output/progress-line.ts';
import type { Connection } from '../platform/connect.ts';
import { watchRun } from '../watch-run.ts';

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

/** Number of parts that are sent at the same time. */
const partsAtOnce = 4;

/**
 * Sends the parts of files that the data service lacks. After a failure the same command sends the rest.
 *
 * @throws DayTradeError `run.cancelled` after Ctrl-C, where the service keeps the sent parts; `upload.not-found` when
 *   another command imported the same files meanwhile; `upload.content-differs` when a file changed meanwhile
 */
async function sendFiles(
  { terminal, signal }: Pick<CommandContext, 'terminal' | 'signal'>,
  data: ServiceClient<'data'>,
  files: LocalFiles,
): Promise<string> {
  let progress: SendingProgress | undefined;
  try {
    const options = { body: files.announcement, signal };
    const { id, missing } = await data.call(routes.announceUpload, options);
    const parts = partsToSend(files, new Set(missing));
    progress = new SendingProgress(terminal.stderr, files, parts);
    await sendAll({ data, id, progress, signal }, parts);
    return id;
  } catch (error) {
    if (!signal.aborted) throw error;
    const sent = progress === undefined ? 'nothing' : progress.words;
    throw new DayTradeError(
      'run.cancelled',
      `the import was stopped when ${sent} had been sent; the same command continues from there, for ` +
        `${uploadKeptHours} hours`,
    );
  } finally {
    progress?.end();
  }
}

/** A part of a file, named by its hash. */
interface Part {
  readonly part: string;
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

function partsToSend({ announcement, paths }: LocalFiles, missing: Set<string>): Part[] {
  return announcement.files.flatMap(({ name, bytes, parts }) =>
    parts.flatMap((part, index) => {
      const offset = index * uploadPartBytes;
      const length = Math.min(uploadPartBytes, bytes - offset);
      return missing.delete(part) ? [{ part, path: paths.get(name)!, offset, length }] : [];
    }),
  );
}

interface Sending {
  readonly data: ServiceClient<'data'>;
  readonly id: string;
  readonly progress: SendingProgress;
  readonly signal: AbortSignal;
}

/** Sends all parts, some at the same time. The first failure stops the rest. */
async function sendAll(sending: Sending, parts: readonly Part[]): Promise<void> {
  const waiting = [...parts];
  const failure = new AbortController();
  const signal = AbortSignal.any([sending.signal, failure.signal]);
  const sendWaiting = async () => {
    try {
      for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
        await sendPart({ ...sending, signal }, part);
      }
    } catch (error) {
      failure.abort();
      throw error;
    }
  };
  await Promise.all(Array.from({ length: partsAtOnce }, sendWaiting));
}

async function sendPart({ data, id, progress, signal }: Sending, { part, path, offset, length }: Part): Promise<void> {
  const bytes = Buffer.alloc(length);
  await using file = await open(path);
  await file.read(bytes, 0, length, offset);
  await data.call(routes.sendPart, { params: { id, part }, bytes, signal });
  progress.show(length);
}

const megabyte = 1_000_000;

/** Shows how much of an upload has been sent, how fast, and how long the rest takes at that pace. */
class SendingProgress {
  readonly #line: ProgressLine;
  readonly #total: number;
  readonly #startedWith: number;
  readonly #startedAt = performance.now();
  /** Bytes that have come, those of earlier attempts too. */
  #sent: number;

  constructor(stream: ProgressStream, { announcement }: LocalFiles, parts: readonly Part[]) {
    this.#line = new ProgressLine(stream, 'import', () => performance.now());
    this.#total = announcement.files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#startedWith = parts.reduce((left, { length }) => left - length, this.#total);
    this.#sent = this.#startedWith;
  }

  /** Sent and total size in megabytes. */
  get words(): string {
    return say`${(this.#sent / megabyte).toFixed(1)} of ${(this.#total / megabyte).toFixed(1)} MB`;
  }

  show(bytes: number): void {
    this.#sent += bytes;
    const perSecond = (this.#sent - this.#startedWith) / ((performance.now() - this.#startedAt) / 1_000);
    this.#line.show(
      {
        stage: 'sending files',
        fraction: this.#sent / this.#total,
        remainingSeconds: (this.#total - this.#sent) / perSecond,
        message: `${this.words}, ${(perSecond / megabyte).toFixed(1)} MB/s`,
      },
      false,
    );
  }

  end(): void {
    this.#line.end();
  }
}
