import { keptUniverseRecordSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { emptyUniverseRecord, type TradeDate, type UniverseRecord } from '@daytrade/market';
import type { ObjectStore } from './objects/object-store.ts';

const key = 'universe/record.json';
/** Tries against others that write at the same time. */
const mostTries = 20;

/**
 * Who was listed and a member when: one object, since whoever asks needs all of it, replaced whole, and only in the
 * place of the version that was read.
 */
export class UniverseStore {
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** @throws DayTradeError `state.damaged` for an object of another form */
  async read(): Promise<UniverseRecord> {
    const bytes = await this.#objects.get(key);
    return bytes === undefined ? emptyUniverseRecord : recordIn(bytes);
  }

  /**
   * Changes the record; where another process wrote meanwhile, what that wrote is changed. One that stays the same is
   * not written.
   *
   * @param change is called again with the newer record then
   * @throws DayTradeError as {@link read}; `service.unavailable` when others write all the time
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
 * The symbols with daily bars that training, selection and predictions are about: the real ones as soon as there is
 * one, else the synthetic ones. The two are never mixed, so real bars displace synthetic ones and nothing made from
 * both can exist.
 */
export function activeUniverse<Entry extends { readonly synthetic: boolean; readonly bars: number }>(
  symbols: readonly Entry[],
): readonly Entry[] {
  const withBars = symbols.filter((entry) => entry.bars > 0);
  const real = withBars.filter((entry) => !entry.synthetic);
  return real.length > 0 ? real : withBars;
}

/** The day of the newest bar of some symbols; undefined without symbols. */
export function newestBar(symbols: readonly { readonly lastDate: TradeDate }[]): TradeDate | undefined {
  return symbols
    .map(({ lastDate }) => lastDate)
    .toSorted()
    .at(-1);
}
