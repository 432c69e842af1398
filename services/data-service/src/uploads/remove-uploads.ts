import { type FetchRequest, fetchRequestSchema, type Run } from '@daytrade/contracts';
import { errorCodes } from '@daytrade/errors';
import type { DataServiceDependencies } from '../dependencies.ts';
import { isDryRun } from '../fetch-sinks.ts';

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
  const request: FetchRequest | undefined = fetchRequestSchema.safeParse(payload).data;
  // After a dry run the files wait for the import itself.
  if (request === undefined || !('upload' in request) || (isDryRun(request) && isThrough(run))) return undefined;
  return request.upload;
}

function isThrough({ status, error }: Run): boolean {
  if (status === 'succeeded') return true;
  const code = error?.code ?? '';
  return status === 'failed' && code in errorCodes && !errorCodes[code as keyof typeof errorCodes].retryable;
}
