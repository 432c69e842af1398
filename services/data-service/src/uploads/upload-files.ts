import type { UploadRequest } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CsvFile, CsvFiles, CsvListing, NamedBytes } from '@daytrade/market-data';
import type { UploadStore } from '@daytrade/storage';

const symbolsName = 'symbols.csv';

/** CSV files that were sent. */
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
      throw new DayTradeError('upload.incomplete', `the upload is not complete: parts of ${names[0]} are missing`, {
        details: { files: names.length },
      });
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
