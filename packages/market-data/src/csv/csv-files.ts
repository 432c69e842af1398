/** The end of the name of a file that is read. */
export const tableFile = /\.(?:(?:csv|tsv)(?:\.gz)?|parquet)$/i;

/** One file as it is listed. */
export interface CsvFile {
  /** Its name without a folder: `7203.T.csv`. */
  readonly name: string;
  /** By which messages and the quarantine call it, with the folder's name: `daily/7203.T.csv`. */
  readonly file: string;
}

export interface CsvListing {
  /** In the order of their names, without the symbols file. */
  readonly files: readonly CsvFile[];
  /** True where one file was named, which is refused rather than passed over when it is not named like a symbol. */
  readonly oneFile: boolean;
  /** Names of what else is there, for the message when there is no CSV file. */
  readonly others?: readonly string[];
}

/** The bytes of a file, and what messages call it. */
export interface NamedBytes {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Where CSV files come from: a folder of this machine, or files that were sent. */
export interface CsvFiles {
  /** What messages call all of it, for example the path of the folder. */
  readonly place: string;
  /**
   * Looks what there is; before anything is read. Each method ends with the reason of its signal when that is aborted,
   * also where the file system never answers.
   *
   * @throws DayTradeError `data.folder-unreadable`, `data.folder-refused`
   */
  list(signal?: AbortSignal): Promise<CsvListing>;
  /** @throws DayTradeError `data.file-unreadable`; `data.provider-failed`, which may be tried again */
  read(file: CsvFile, signal?: AbortSignal): Promise<Uint8Array>;
  /** The file with the columns symbol,name,group,sector; undefined where there is none. Throws as {@link read}. */
  readSymbols(signal?: AbortSignal): Promise<NamedBytes | undefined>;
}
