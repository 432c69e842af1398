import { isDeepStrictEqual } from 'node:util';
import type { PriceFactor, QuarantineEntry } from '@daytrade/contracts';
import { dateOfDayNumber, japanDate } from '@daytrade/market';
import type { Announcement, ShareCount, StoredIntraday } from '../provider.ts';
import type { FetchedSymbol, FetchSinks, MergedBars } from './ports.ts';

/** Sinks in memory, for the tests. Bars are kept as text, so that an equal bar is recognised. */
export class MemorySinks implements FetchSinks {
  /** Bars by `symbol interval`, then by time. */
  readonly stored = new Map<string, Map<number, string>>();
  readonly records = new Map<string, FetchedSymbol>();
  /** Entries by `symbol file`. */
  readonly entries = new Map<string, readonly QuarantineEntry[]>();
  /** Factors by `symbol date kind knownOn`. */
  readonly storedFactors = new Map<string, PriceFactor>();
  /** Called before each step; throwing there is a crash. */
  beforeStep: () => void = () => undefined;

  readonly bars: FetchSinks['bars'] = {
    mergeMany: async (several) =>
      several.map(({ symbol, bars: { days, ...values } }) =>
        this.#merge(`${symbol} 1d`, days, values, dateOfDayNumber),
      ),
    mergeManyIntraday: async (several) =>
      several.map(({ symbol, bars: { times, ...values } }) => this.#merge(`${symbol} 5m`, times, values, japanDate)),
  };

  /** Beginnings of the 5-minute bars of a symbol, of whatever range. */
  readonly storedIntraday: StoredIntraday = async (symbol) => [...(this.stored.get(`${symbol} 5m`)?.keys() ?? [])];

  readonly symbols: FetchSinks['symbols'] = {
    find: async (symbols) =>
      new Map(symbols.flatMap((symbol) => [this.records.get(symbol) ?? []].flat().map((found) => [symbol, found]))),
    upsert: async (records) => {
      for (const record of records) {
        this.beforeStep();
        const askedTo = record.askedTo ?? this.records.get(record.symbol)?.askedTo;
        this.records.set(record.symbol, { ...record, askedTo });
      }
    },
  };

  readonly factors = this.#rowsIn(this.storedFactors, ({ date, kind, knownOn }) => `${date} ${kind} ${knownOn}`);

  /** Counts by `symbol date`. */
  readonly storedShareCounts = new Map<string, ShareCount>();
  readonly shareCounts = this.#rowsIn(this.storedShareCounts, ({ date }) => date);

  /** Announcements by `symbol date kind`. */
  readonly storedAnnouncements = new Map<string, Required<Announcement>>();
  readonly announcements = this.#rowsIn(this.storedAnnouncements, ({ date, kind }) => `${date} ${kind}`);

  #rowsIn<Row>(stored: Map<string, Row>, keyOf: (row: Row) => string) {
    return {
      upsertMany: async (rows: readonly (Row & { readonly symbol: string })[]) => {
        for (const row of rows) {
          this.beforeStep();
          stored.set(`${row.symbol} ${keyOf(row)}`, row);
        }
      },
    };
  }

  readonly quarantine: FetchSinks['quarantine'] = {
    replace: async (several) => {
      for (const { symbol, file, entries } of several) {
        this.beforeStep();
        this.entries.set(`${symbol} ${file}`, entries);
      }
    },
    add: async (several) => {
      for (const { symbol, file, entries } of several) {
        this.beforeStep();
        const earlier = this.entries.get(`${symbol} ${file}`) ?? [];
        const isNew = (entry: QuarantineEntry) => !earlier.some((known) => isDeepStrictEqual(known, entry));
        this.entries.set(`${symbol} ${file}`, [...earlier, ...entries.filter(isNew)]);
      }
    },
  };

  /** Everything that is stored, to compare two runs, but for what a provider was asked. */
  content(): unknown {
    const records = new Map([...this.records].map(([symbol, record]) => [symbol, { ...record, askedTo: undefined }]));
    const { stored, entries, storedFactors, storedShareCounts, storedAnnouncements } = this;
    return [stored, records, entries, storedFactors, storedShareCounts, storedAnnouncements];
  }

  #merge(
    key: string,
    times: ArrayLike<number>,
    values: Readonly<Record<string, Float64Array>>,
    dateOf: (time: number) => NonNullable<MergedBars['firstDate']>,
  ): MergedBars {
    this.beforeStep();
    const bars = this.stored.get(key) ?? new Map<number, string>();
    const counts = { added: 0, changed: 0, unchanged: 0 };
    for (let i = 0; i < times.length; i += 1) {
      const bar = Object.values(values)
        .map((column) => column[i])
        .join(',');
      const before = bars.get(times[i]!);
      counts[before === undefined ? 'added' : before === bar ? 'unchanged' : 'changed'] += 1;
      bars.set(times[i]!, bar);
    }
    this.stored.set(key, bars);
    const sorted = [...bars.keys()].sort((a, b) => a - b);
    const dateAt = (time: number | undefined) => (time === undefined ? null : dateOf(time));
    return { ...counts, bars: bars.size, firstDate: dateAt(sorted[0]), lastDate: dateAt(sorted.at(-1)) };
  }
}
