import { type KeptSelection, keptSelectionSchema } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';
import type { ObjectStore } from './objects/object-store.ts';
import type { PruneSessionsOptions } from './repositories/retention.ts';

/** The selections of each morning, one object by universe and session. The first one of a session stays. */
export class SelectionStore {
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  async save(selection: KeptSelection): Promise<boolean> {
    const key = `${folderOf(selection.synthetic)}${selection.asOf}.json`;
    const written = await this.#objects.putIf(key, Buffer.from(JSON.stringify(selection)), null);
    return written !== undefined;
  }

  /** Lists the newest `limit` selections of one universe, newest first. */
  async list(synthetic: boolean, limit: number): Promise<readonly KeptSelection[]> {
    const keys = await this.#objects.list(folderOf(synthetic));
    const newest = await Promise.all(
      keys
        .slice(-limit)
        .toReversed()
        .map((key) => this.#read(key)),
    );
    return newest.filter((selection) => selection !== undefined);
  }

  /** Returns the newest selection of a universe before a session. */
  async before(session: TradeDate, synthetic: boolean): Promise<KeptSelection | undefined> {
    const keys = await this.#objects.list(folderOf(synthetic));
    const key = keys.findLast((one) => one < `${folderOf(synthetic)}${session}.json`);
    return key === undefined ? undefined : await this.#read(key);
  }

  /** Removes selections of old sessions except the newest of each universe. */
  async prune({ before, dryRun }: PruneSessionsOptions): Promise<number> {
    let pruned = 0;
    for (const folder of [folderOf(true), folderOf(false)]) {
      const keys = (await this.#objects.list(folder)).slice(0, -1);
      const old = keys.filter((key) => key < `${folder}${before}.json`);
      if (!dryRun) await Promise.all(old.map((key) => this.#objects.delete(key)));
      pruned += old.length;
    }
    return pruned;
  }

  /** Returns undefined for a removed object, or one of another format. */
  async #read(key: string): Promise<KeptSelection | undefined> {
    const bytes = await this.#objects.get(key);
    if (bytes === undefined) return undefined;
    try {
      return keptSelectionSchema.safeParse(JSON.parse(Buffer.from(bytes).toString())).data;
    } catch {
      return undefined;
    }
  }
}

function folderOf(synthetic: boolean): string {
  return `selections/${synthetic ? 'synthetic' : 'real'}/`;
}
