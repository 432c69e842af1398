import { DayTradeError } from '@daytrade/errors';
import type { CsvFile, CsvFiles, CsvListing, NamedBytes } from '@daytrade/market-data';
import type { UploadStore } from '@daytrade/storage';

const symbolsName = 'symbols.csv';
const filesNamed = 3;

/** CSV files that were sent. */
export class UploadFiles implements CsvFiles {
  readonly place: string;
  readonly #uploads: UploadStore;
  readonly #id: string;

  constructor(uploads: UploadStore, id: string) {
    this.#uploads = uploads;
    this.#id = id;
    this.place = `upload ${id}`;
  }

  /** @throws DayTradeError `upload.not-found`; `upload.incomplete` while a part is missing */
  async list(): Promise<CsvListing> {
    const { folder } = await this.#uploads.announced(this.#id);
    const { files } = await this.#uploads.find(this.#id);
    const missing = files.filter(({ bytes, received }) => received < bytes);
    if (missing.length > 0) throw incomplete(missing);
    const names = files.map(({ name }) => name).filter((name) => name !== symbolsName);
    return { oneFile: false, files: names.sort().map((name) => ({ name, file: `${folder}/${name}` })) };
  }

  async read({ name }: CsvFile): Promise<Uint8Array> {
    return await this.#uploads.read(this.#id, name);
  }

  async readSymbols(): Promise<NamedBytes | undefined> {
    const { files } = await this.#uploads.announced(this.#id);
    if (!files.some(({ name }) => name === symbolsName)) return undefined;
    return { file: symbolsName, bytes: await this.#uploads.read(this.#id, symbolsName) };
  }
}

function incomplete(
  missing: readonly { readonly name: string; readonly bytes: number; readonly received: number }[],
): DayTradeError {
  const named = missing
    .slice(0, filesNamed)
    .map(({ name, bytes, received }) => `${name} (${received} of ${bytes} bytes)`);
  const more = missing.length > filesNamed ? ` and ${missing.length - filesNamed} more` : '';
  return new DayTradeError('upload.incomplete', `the upload is not complete: ${named.join(', ')}${more}`, {
    details: { files: missing.length },
  });
}
