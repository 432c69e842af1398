import { CsvProvider, type CsvProviderOptions } from './csv-provider.ts';
import { FolderFiles, type FolderFilesOptions } from './folder-files.ts';

export type CsvFolderOptions = FolderFilesOptions & Omit<CsvProviderOptions, 'files'>;

/** Bars from CSV files of a folder. */
export class CsvFolderProvider extends CsvProvider {
  constructor(options: CsvFolderOptions) {
    super({ ...options, files: new FolderFiles(options) });
  }
}
