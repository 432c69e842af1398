import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownNameSchema } from '@daytrade/contracts';
import { defaultMembers, type OwnFile } from '@daytrade/ensemble';
import { DayTradeError } from '@daytrade/errors';
import { featureNames } from '@daytrade/series';
import { strategies } from '@daytrade/trading';
import { askProcess } from './own-process.ts';

/** Names of the platform by folder, which no file may have. */
const shipped = {
  strategies: Object.keys(strategies),
  features: featureNames,
  members: defaultMembers.map(({ name }) => name),
} as const;

export type OwnKind = keyof typeof shipped;

export class OwnFiles {
  readonly #kind: OwnKind;
  readonly #folder: string;

  constructor(userFolder: string, kind: OwnKind) {
    this.#kind = kind;
    this.#folder = join(userFolder, kind);
  }

  /**
   * Reads a file.
   *
   * @param field of the request, for the error
   * @throws DayTradeError `input.invalid` with the names that there are
   */
  async find(name: string, field: string = this.#kind): Promise<OwnFile> {
    const refused = (message: string) => new DayTradeError('input.invalid', message, { details: { field } });
    const file = `${this.#kind}/${name}.ts`;
    if (!ownNameSchema.safeParse(name).success) {
      throw refused(`${file}: expected lowercase letters, digits and hyphens`);
    }
    if (shipped[this.#kind].includes(name)) throw refused(`${file}: expected another name: the platform has this one`);
    const source = await readFile(join(this.#folder, `${name}.ts`), 'utf8').catch(() => undefined);
    if (source !== undefined) return { name, source, hash: createHash('sha256').update(source).digest('hex') };
    const known = [...(this.#kind === 'strategies' ? shipped.strategies : []), ...(await this.#names())];
    throw refused(`${field}: there is no ${name} in ${this.#folder}; there are ${known.join(', ') || 'none'}`);
  }

  /** Lists all files with what they say of themselves, or with what is wrong. */
  async list<Description extends { readonly summary: string }>() {
    const entries = (await this.#names()).map(async (name) => {
      const file = join(this.#folder, `${name}.ts`);
      try {
        const description = (await askProcess({ kind: this.#kind, file: await this.find(name) })) as Description;
        return { name, file, summary: description.summary, fault: null, description };
      } catch (error) {
        const fault = error instanceof Error ? error.message : String(error);
        return { name, file, summary: '', fault, description: undefined };
      }
    });
    return await Promise.all(entries);
  }

  async #names(): Promise<readonly string[]> {
    const files = await readdir(this.#folder).catch(() => []);
    const ownFiles = files.filter((file) => file.endsWith('.ts'));
    return ownFiles.map((file) => file.slice(0, -'.ts'.length)).sort();
  }
}
