import { keptUniverseRecordSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { emptyUniverseRecord, type TradeDate, type UniverseRecord } from '@daytrade/market';
import type { SymbolRecord } from './database/tables.ts';
import type { ObjectStore } from './objects/object-store.ts';
import type { SymbolRepository } from './repositories/symbol-repositories.ts';

const key = 'universe/record.json';
const mostTries = 20;

/**
 * The record of listings and index members over time. It is one object, since every reader needs all of it, and is
 * replaced by compare-and-swap.
 */
export class UniverseStore {
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** @throws DayTradeError `state.damaged` for an object of another format */
  async read(): Promise<UniverseRecord> {
    const bytes = await this.#objects.get(key);
    return bytes === undefined ? emptyUniverseRecord : recordIn(bytes);
  }

  /**
   * Changes the record, and writes it if it differs. After a concurrent write, it starts again from the newer record.
   *
   * @param change may be called several times
   * @throws DayTradeError as {@link read}; `service.unavailable` after too many concurrent writes
   */
  async change(change: (record: UniverseRecord) => UniverseRecord): Promise<void> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const stored = await this.#objects.getVersioned(key);
      const before = stored === undefined ? emptyUniverseRecord : recordIn(stored.bytes);
      const after = change(before);
      const text = JSON.stringify(after);
      if (text === JSON.stringify(before)) return;
      const written = await this.#objects.putIf(key, Buffer.from(text), stored?.version ?? null);
      if (written !== undefined) return;
    }
    throw new DayTradeError('service.unavailable', `${key} changed while it was written, ${mostTries} times`);
  }
}

function recordIn(bytes: Uint8Array): UniverseRecord {
  try {
    return keptUniverseRecordSchema.parse(JSON.parse(Buffer.from(bytes).toString()));
  } catch (error) {
    throw new DayTradeError(
      'state.damaged',
      `${key} among the objects is not a record of listings: put a copy of it back, or remove it and import the ` +
        'listings again',
      { cause: error },
    );
  }
}

/**
 * Returns the symbols for training, selection and predictions: those with real daily bars, or else the synthetic ones.
 * The two never mix, so nothing is made from both.
 */
export function activeUniverse<Entry extends { readonly synthetic: boolean; readonly bars: number }>(
  symbols: readonly Entry[],
): readonly Entry[] {
  const withBars = symbols.filter((entry) => entry.bars > 0);
  const real = withBars.filter((entry) => !entry.synthetic);
  return real.length > 0 ? real : withBars;
}

/** Returns the day of the newest bar of some symbols; undefined without symbols. */
export function newestBar(symbols: readonly { readonly lastDate: TradeDate }[]): TradeDate | undefined {
  return symbols
    .map(({ lastDate }) => lastDate)
    .toSorted()
    .at(-1);
}

/** Symbols in use: real ones, or synthetic ones while there are no others. */
export interface ActiveSymbols {
  readonly records: readonly SymbolRecord[];
  readonly synthetic: boolean;
}

/** Reads the symbols in use. Without bars there are none, and `synthetic` is true. */
export async function activeSymbols({
  symbols,
}: {
  readonly symbols: Pick<SymbolRepository, 'list'>;
}): Promise<ActiveSymbols> {
  const records = activeUniverse(await symbols.list());
  return { records, synthetic: records.every((record) => record.synthetic) };
}
