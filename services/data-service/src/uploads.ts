import { fetchRequestSchema, type Run, routes, type UploadRequest } from '@daytrade/contracts';
import { DayTradeError, errorCodes } from '@daytrade/errors';
import type { CsvFile, CsvFiles, CsvListing, NamedBytes } from '@daytrade/market-data';
import { addBytesRoute, addRoute, type Service } from '@daytrade/service';
import type { UploadStore } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';
import { isDryRun } from './fetch-sinks.ts';

export function addUploadRoutes(service: Service, dependencies: DataServiceDependencies): void {
  const { stores } = dependencies;
  addRoute(service, routes.announceUpload, async ({ body }) => {
    await sweepUploads(dependencies);
    return await stores.uploads.announce(body);
  });
  addBytesRoute(service, routes.sendPart, 'the part', async ({ params: { id, part } }, bytes) => {
    await stores.uploads.write(id, part, bytes);
    return { id, part };
  });
}

const symbolsName = 'symbols.csv';

export class UploadFiles implements CsvFiles {
  readonly place: string;
  readonly #uploads: UploadStore;
  readonly #id: string;
  #announced: Promise<UploadRequest> | undefined;

  constructor(uploads: UploadStore, id: string) {
    this.#uploads = uploads;
    this.#id = id;
    this.place = `upload ${id}`;
  }

  /** @throws DayTradeError `upload.not-found`; `upload.incomplete` while a part is missing */
  async list(): Promise<CsvListing> {
    this.#announced = this.#uploads.announced(this.#id);
    const { folder, files } = await this.#announced;
    const missing = await this.#uploads.missing(this.#id, { files });
    if (missing.length > 0) {
      const names = files.flatMap(({ name, parts }) => (parts.some((part) => missing.includes(part)) ? [name] : []));
      throw new DayTradeError('upload.incomplete', `the upload is not complete: parts of ${names[0]} are missing`);
    }
    const names = files.map(({ name }) => name).filter((name) => name !== symbolsName);
    return { oneFile: false, files: names.sort().map((name) => ({ name, file: `${folder}/${name}` })) };
  }

  async read({ name }: Pick<CsvFile, 'name'>): Promise<Uint8Array> {
    const bytes = await this.#find(name);
    if (bytes !== undefined) return bytes;
    throw new DayTradeError('upload.not-found', `${name} was not announced in upload ${this.#id}`);
  }

  async readSymbols(): Promise<NamedBytes | undefined> {
    const bytes = await this.#find(symbolsName);
    return bytes && { file: symbolsName, bytes };
  }

  async #find(name: string): Promise<Uint8Array | undefined> {
    this.#announced ??= this.#uploads.announced(this.#id);
    const file = (await this.#announced).files.find((each) => each.name === name);
    return file && (await this.#uploads.read(this.#id, file));
  }
}

/** The queue takes fewer. */
const mostUnfinished = 500;

/**
 * Removes what was uploaded once a run has imported it, or has failed so that no further run would do better. After a
 * cancelled run, or while the database is away, the files stay for a day, so that the import goes on without sending
 * them again.
 */
export function removeImportedUploads({ stores, queue, logger }: DataServiceDependencies): void {
  queue.onFinished((run) => {
    const upload = uploadOf(run);
    if (upload === undefined || !isThrough(run)) return;
    void removeUnlessWanted(stores, upload).catch((error: unknown) =>
      // The sweep removes it.
      logger.warn({ err: error, run: run.id, upload }, 'an imported upload could not be removed'),
    );
  });
}

/** Removes uploads to which nothing came for a day and that no run is about to read. */
export async function sweepUploads({
  stores,
  clock,
}: Pick<DataServiceDependencies, 'stores' | 'clock'>): Promise<void> {
  await stores.uploads.sweep(clock.now(), await wantedUploads(stores));
}

async function removeUnlessWanted(stores: DataServiceDependencies['stores'], upload: string): Promise<void> {
  if (!(await wantedUploads(stores)).has(upload)) await stores.uploads.delete(upload);
}

/** Uploads that runs which are not over yet read. */
async function wantedUploads({ runs }: DataServiceDependencies['stores']): Promise<ReadonlySet<string>> {
  const unfinished = await Promise.all(
    (['queued', 'running'] as const).map((status) => runs.list({ job: 'fetch', status, limit: mostUnfinished })),
  );
  return new Set(unfinished.flat().flatMap((run) => uploadOf(run) ?? []));
}

function uploadOf(run: Run): string | undefined {
  const { job, payload } = run;
  if (job !== 'fetch') return undefined;
  const request = fetchRequestSchema.safeParse(payload).data;
  // After a dry run the files wait for the import itself.
  if (typeof request?.upload !== 'string' || (isDryRun(request) && isThrough(run))) return undefined;
  return request.upload;
}

function isThrough({ status, error }: Run): boolean {
  if (status === 'succeeded') return true;
  const code = error?.code ?? '';
  return status === 'failed' && code in errorCodes && !errorCodes[code as keyof typeof errorCodes].retryable;
}
