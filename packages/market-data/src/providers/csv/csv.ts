import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { dateFormatSchema, plainTextSchema, priceBasisSchema, uploadIdSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { z } from 'zod';
import type { ProviderContext, ProviderDefinition } from '../definition.ts';
import { CsvFolderProvider, CsvProvider } from './csv-provider.ts';

const csvRequest = z
  .strictObject({
    provider: z.literal('csv'),
    folder: plainTextSchema
      .min(1)
      .max(4_096)
      .optional()
      .describe('Absolute path of a folder of CSV files, or of one of them'),
    upload: uploadIdSchema
      .optional()
      .describe('In the place of `folder`: the id of files that were sent to /v1/uploads'),
    symbolsFile: plainTextSchema
      .min(1)
      .max(4_096)
      .optional()
      .describe(
        'CSV with symbol,name,group,sector, or the list of the exchange; default: symbols.csv there or beside it',
      ),
    priceBasis: priceBasisSchema
      .optional()
      .describe('Default: recognised from the columns, the prices and the volumes'),
    dateFormat: dateFormatSchema
      .optional()
      .describe('Default: found from the rows; those that can still be read in two ways are refused'),
    dryRun: z.boolean().optional().describe('Reads and judges everything, and writes nothing'),
  })
  .refine(({ folder, upload }) => (folder === undefined) !== (upload === undefined), {
    path: ['folder'],
    message: 'expected either "folder" or "upload"',
  })
  .refine(({ upload, symbolsFile }) => upload === undefined || symbolsFile === undefined, {
    path: ['symbolsFile'],
    message: 'expected it beside "folder" only; an upload brings its symbols.csv',
  });
type CsvRequest = z.infer<typeof csvRequest>;

/** Folders of CSV files, and files that were uploaded. */
export const csv: ProviderDefinition<CsvRequest> = {
  name: 'csv',
  title: 'CSV files',
  request: csvRequest,
  settings: ['DAYTRADE_CSV_FOLDER'],
  help: 'csv: the folder DAYTRADE_CSV_FOLDER, as `daytrade import` reads it.',
  options: [],
  setup: {
    questions: [
      {
        flags: '--folder <folder>',
        help: 'csv: the folder with one file per symbol',
        setting: 'DAYTRADE_CSV_FOLDER',
        question: 'Which folder has the files, one per symbol?',
        isFolder: true,
      },
    ],
    firstFetch: ({ DAYTRADE_CSV_FOLDER: folder }) => `reads ${folder}; again when its files have changed`,
  },
  incremental: false,
  readsFiles: true,
  listedBeforeRun: true,
  open,
  defaults: (_asked, { DAYTRADE_CSV_FOLDER: folder }) => {
    if (folder !== undefined) return { folder };
    const expected = 'expected the folder that is read; the command import takes another one';
    throw new DayTradeError('settings.invalid', `DAYTRADE_CSV_FOLDER: ${expected}`);
  },
  lacking: ({ DAYTRADE_CSV_FOLDER: folder }) =>
    folder === undefined ? 'expected DAYTRADE_CSV_FOLDER as well, the folder that is read' : undefined,
  configured: ({ DAYTRADE_CSV_FOLDER: folder }) => (folder === undefined ? undefined : { provider: 'csv', folder }),
  // An upload is gone after its import, and a dry run imports nothing.
  repeated: (request) =>
    request.folder === undefined || request.dryRun === true ? undefined : { name: request.folder, request },
  hasNews: async ({ folder }, fetchedAt) => folder === undefined || (await changedSince(folder, fetchedAt)),
  repair: (_bars, earlier) => {
    // The file of a symbol is unknown, so every folder is read again as it was read last.
    const byFolder = new Map<string, CsvRequest>();
    for (const request of earlier) {
      const { folder, dryRun } = request;
      if (folder !== undefined && dryRun !== true && !byFolder.has(folder)) byFolder.set(folder, request);
    }
    return Array.from(byFolder, ([source, request]) => ({ request, source }));
  },
};

function open(
  { folder = '', upload, symbolsFile, priceBasis, dateFormat }: CsvRequest,
  { uploads, tableText, importRoot, machine }: ProviderContext,
): CsvProvider {
  if (upload !== undefined) return new CsvProvider({ files: uploads(upload), priceBasis, dateFormat, tableText });
  const root = importRoot('folder');
  assertAbsolute('folder', folder);
  if (symbolsFile !== undefined) assertAbsolute('symbolsFile', symbolsFile);
  return new CsvFolderProvider({ folder, symbolsFile, root, machine, priceBasis, dateFormat, tableText });
}

function assertAbsolute(field: string, path: string): void {
  if (isAbsolute(path)) return;
  throw new DayTradeError('input.invalid', `${field}: expected an absolute path, got ${JSON.stringify(path)}`);
}

/** Returns true unless the folder and all its files are older than an instant. */
async function changedSince(folder: string, instant: number): Promise<boolean> {
  try {
    const names = (await stat(folder)).isFile() ? [''] : ['', ...(await readdir(folder))];
    const times = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mtimeMs));
    return Math.max(...times) >= instant;
  } catch {
    // Reading the folder reports the fault.
    return true;
  }
}
