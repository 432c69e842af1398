import { type DateFormat, type FetchResult, type PriceBasis, parseResult, routes } from '@daytrade/contracts';
import { isDayTradeError } from '@daytrade/errors';
import type { CommandContext } from '../command-context.ts';
import type { Connection } from '../platform/connection.ts';
import { watchRun } from '../watch-run.ts';
import { localFiles } from './local-files.ts';
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

/** Somebody else imported or dropped the same files meanwhile, or the store lost a part: sending again helps. */
const sentInVain = ['upload.not-found', 'upload.incomplete'];
const mostTries = 3;

/**
 * Imports by the folder's path where the data service works on the files of this machine, else sends the files.
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
  for (let tries = 1; ; tries += 1) {
    const files = await localFiles(folder, symbolsFile);
    try {
      const upload = await sendFiles(context, services.data, files);
      const result = await fetchBars(context, services, { upload, ...options });
      return { ...result, filesSkipped: [...files.skipped] };
    } catch (error) {
      if (tries === mostTries || !isDayTradeError(error) || !sentInVain.includes(error.code)) throw error;
    }
  }
}

async function fetchBars(
  context: Watching,
  { data, scheduler }: Services,
  request: Partial<ImportRequest> & { readonly upload?: string },
): Promise<FetchResult> {
  const { run } = await data.call(routes.startFetch, { body: { provider: 'csv', ...request } });
  return parseResult('fetch', await watchRun(context, { scheduler }, run, 'import'));
}
