import type { QuarantineEntry } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';
import type { Kysely, Transaction } from 'kysely';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { Tables } from '../database/tables.ts';
import { transact } from '../patience/transact.ts';

export interface QuarantineQuery {
  readonly symbol?: SymbolCode | undefined;
  readonly reason?: string | undefined;
  readonly severity?: QuarantineEntry['severity'] | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** What was kept out or warned about of one symbol's rows in a file. */
export interface RowsKeptOut {
  readonly file: string;
  readonly symbol: SymbolCode;
  readonly entries: readonly QuarantineEntry[];
}

/** Rows of one reason and severity. */
export interface QuarantineCount {
  readonly reason: string;
  readonly severity: QuarantineEntry['severity'];
  readonly rows: number;
}

export interface QuarantinePage {
  /** Entries that the query matches, on all pages. */
  readonly total: number;
  /** The same entries by reason, most first. */
  readonly counts: readonly QuarantineCount[];
  readonly quarantine: readonly QuarantineEntry[];
}

type Filter = Omit<QuarantineQuery, 'limit' | 'offset'>;

const entryColumns = ['symbol', 'date', 'file', 'line', 'severity', 'reason', 'message', 'row'] as const;

/** The rows that the quality gate kept out or warned about. */
export class QuarantineRepository {
  readonly #database: QueriedDatabase;

  constructor(database: QueriedDatabase) {
    this.#database = database;
  }

  /** Puts the entries of one symbol's rows in a file in the place of those of an earlier reading of it. */
  async replaceForFile(file: string, symbol: SymbolCode, entries: readonly QuarantineEntry[]): Promise<void> {
    await this.replaceMany([{ file, symbol, entries }]);
  }

  /** As {@link replaceForFile}, for several symbols and files: all of them or none. */
  async replaceMany(several: readonly RowsKeptOut[]): Promise<void> {
    // Nearly every file has none, and had none before.
    const empty = several.filter(({ entries }) => entries.length === 0);
    const earlier = await this.#filesWithEntries(this.#database.db, empty);
    const changed = several.filter((each) => each.entries.length > 0 || earlier.has(placeOf(each)));
    if (changed.length === 0) return;
    await this.#alone(async (transaction) => {
      const before = await this.#filesWithEntries(transaction, changed);
      for (const { file, symbol } of changed.filter((each) => before.has(placeOf(each)))) {
        await transaction.deleteFrom('quarantine').where('file', '=', file).where('symbol', '=', symbol).execute();
      }
      const added = changed.flatMap(({ entries }) => entries);
      await this.#insert(transaction, added);
    });
  }

  /** Adds entries of one symbol's rows in a file beside the earlier ones; one that is there already is not added. */
  async addForFile(file: string, symbol: SymbolCode, entries: readonly QuarantineEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.#alone(async (transaction) => {
      const earlier = await transaction
        .selectFrom('quarantine')
        .select(entryColumns)
        .where('file', '=', file)
        .where('symbol', '=', symbol)
        .execute();
      const known = new Set(earlier.map(identityOf));
      const added = entries.filter((entry) => !known.has(identityOf(entry)));
      await this.#insert(transaction, added);
    });
  }

  /** Which symbols have entries in which files, of some files. */
  async #filesWithEntries(
    db: Kysely<Tables>,
    several: readonly Pick<RowsKeptOut, 'file'>[],
  ): Promise<ReadonlySet<string>> {
    if (several.length === 0) return new Set();
    const files = new Set(several.map(({ file }) => file));
    const found = db.selectFrom('quarantine').select(['file', 'symbol']).distinct();
    const rows = await found.where(this.#database.adapter.isOneOf('file', [...files])).execute();
    return new Set(rows.map(placeOf));
  }

  /**
   * Changes entries while nobody else does: two readings of one file at once would each remove the rows before and
   * leave its own.
   */
  async #alone(change: (transaction: Transaction<Tables>) => Promise<void>): Promise<void> {
    const { db, adapter } = this.#database;
    await transact(db, async (transaction) => {
      await adapter.lockInTransaction(transaction, 'quarantine');
      await change(transaction);
    });
  }

  /** One page of the entries that match, by file and line. */
  async list(query: QuarantineQuery): Promise<QuarantinePage> {
    const counts = await this.counts(query);
    const sorted = this.#matching(query).select(entryColumns).orderBy('file').orderBy('line').orderBy('id');
    const quarantine = await this.#database.adapter.page(sorted, query).execute();
    return { total: counts.reduce((sum, { rows }) => sum + rows, 0), counts, quarantine };
  }

  /** How many entries match, by reason and severity, most first. */
  async counts(filter: Filter = {}): Promise<readonly QuarantineCount[]> {
    return await this.#matching(filter)
      .select(({ fn }) => ['reason', 'severity', fn.countAll<number>().as('rows')])
      .groupBy(['reason', 'severity'])
      .orderBy('rows', 'desc')
      .orderBy('reason')
      .execute();
  }

  /**
   * Removes the entries of some symbols.
   *
   * @returns how many there were
   */
  async remove(symbols: readonly SymbolCode[]): Promise<number> {
    if (symbols.length === 0) return 0;
    const { db, adapter } = this.#database;
    const { numDeletedRows } = await db
      .deleteFrom('quarantine')
      .where(adapter.isOneOf('symbol', symbols))
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  #matching({ symbol, reason, severity }: Filter) {
    return this.#database.db
      .selectFrom('quarantine')
      .$if(symbol !== undefined, (query) => query.where('symbol', '=', symbol!))
      .$if(reason !== undefined, (query) => query.where('reason', '=', reason!))
      .$if(severity !== undefined, (query) => query.where('severity', '=', severity!));
  }

  async #insert(transaction: Transaction<Tables>, entries: readonly QuarantineEntry[]): Promise<void> {
    const { rowsPerInsert } = this.#database.adapter;
    for (let start = 0; start < entries.length; start += rowsPerInsert) {
      await transaction
        .insertInto('quarantine')
        .values(entries.slice(start, start + rowsPerInsert))
        .execute();
    }
  }
}

function placeOf({ file, symbol }: { readonly file: string; readonly symbol: string }): string {
  return `${symbol} ${file}`;
}

function identityOf({ line, severity, reason, message, row }: QuarantineEntry): string {
  return JSON.stringify([line, severity, reason, message, row]);
}
