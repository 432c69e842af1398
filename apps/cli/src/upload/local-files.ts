import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { UploadRequest } from '@daytrade/contracts';
import { CsvProvider, FolderFiles, type PassedOver } from '@daytrade/market-data';

/** How the file of symbols is named in an upload, whatever its name is here. */
const symbolsName = 'symbols.csv';

/** The files of a folder of this machine that an import sends. */
export interface LocalFiles {
  readonly announcement: UploadRequest;
  /** Path of each file, by its name in the announcement. */
  readonly paths: ReadonlyMap<string, string>;
  /** Files that are not named like a symbol, which are not sent. */
  readonly skipped: readonly PassedOver[];
}

/**
 * Finds what an import of a folder reads, and hashes it.
 *
 * @param symbolsFile absolute path; default: symbols.csv in the folder or beside it
 * @throws DayTradeError `data.folder-unreadable`, `data.file-unreadable`
 */
export async function localFiles(folder: string, symbolsFile: string | undefined): Promise<LocalFiles> {
  const files = new FolderFiles({ folder, symbolsFile });
  const { oneFile } = await files.list();
  const { sources, skipped } = await new CsvProvider({ files }).list();
  const parent = oneFile ? dirname(files.place) : files.place;
  const paths = new Map(sources.map(({ file }) => [basename(file), join(parent, basename(file))]));
  const symbols = await files.readSymbols();
  if (symbols !== undefined) paths.set(symbolsName, symbols.file);
  const announced: UploadRequest['files'] = [];
  for (const [name, path] of paths) announced.push({ name, ...(await contentOf(path)) });
  return { announcement: { folder: basename(parent) || 'bars', files: announced }, paths, skipped };
}

async function contentOf(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
