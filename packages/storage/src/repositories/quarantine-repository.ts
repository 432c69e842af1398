import { setImmediate as turn } from 'node:timers/promises';
import type { QuarantineCount, QuarantineEntry } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';
import type { Kysely, Transaction } from 'kysely';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { Tables } from '../database/tables.ts';

export interface QuarantineQuery {
  readonly symbol?: SymbolCode | undefined;
  readonly reason?: string | undefined;
  readonly severity?: QuarantineEntry['severity'] | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Rows of one symbol in a file that were kept out or warned about. */
export interface RowsKeptOut {
  readonly file: string;
  readonly symbol: SymbolCode;
  /** The rows that are listed. */
  readonly entries: readonly QuarantineEntry[];
  /** All rows. Left out: those of `entries`. */
  readonly counts?: readonly QuarantineCount[] | undefined;
}

export interface QuarantinePage {
  /** Rows that the query matches, listed or not. */
  readonly total: number;
  /** The same rows by reason, most first. */
  readonly counts: readonly QuarantineCount[];
  readonly quarantine: readonly QuarantineEntry[];
}

/** An entry, with the rows of the same reason that are counted with it and not listed. */
type KeptEntry = QuarantineEntry & { readonly unlisted: number };

type Filter = Omit<QuarantineQuery, 'limit' | 'offset'>;

const entryColumns = ['symbol', 'date', 'file', 'line', 'severity', 'reason', 'message', 'row'] as const;

/** Rows of a statement, and at least of a transaction. The embedded database holds the event loop for some 5 ms. */
const rowsPerTurn = 100;

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

  /** As {@link replaceForFile}, for several symbols and files; those of each are replaced as a whole. */
  async replaceMany(several: readonly RowsKeptOut[]): Promise<void> {
    // Nearly every file has none, and had none before.
    const empty = several.filter(({ entries }) => entries.length === 0);
    const earlier = await this.#filesWithEntries(this.#database.db, empty);
    const changed = several.filter((each) => each.entries.length > 0 || earlier.has(placeOf(each)));
    for (const some of inSlices(changed)) {
      await this.#alone(async (transaction) => {
        const before = await this.#filesWithEntries(transaction, some);
        for (const { file, symbol } of some.filter((each) => before.has(placeOf(each)))) {
          await transaction.deleteFrom('quarantine').where('file', '=', file).where('symbol', '=', symbol).execute();
        }
        const added = some.flatMap((each) => withUnlisted(each.entries, each));
        await this.#insert(transaction, added);
      });
    }
  }

  /**
   * Adds rows of one symbol in a file beside the earlier ones; a listed one that is there already is not added. Where
   * all that are listed of a reason are there, the file is taken for one that was read before.
   */
  async addForFile(rows: RowsKeptOut): Promise<void> {
    const { file, symbol, entries, counts = [] } = rows;
    if (entries.length === 0) return;
    await this.#alone(async (transaction) => {
      const earlier = await transaction
        .selectFrom('quarantine')
        .select(['id', ...entryColumns, 'unlisted'])
        .where('file', '=', file)
        .where('symbol', '=', symbol)
        .execute();
      const known = new Set(earlier.map(identityOf));
      const added = entries.filter((entry) => !known.has(identityOf(entry)));
      await this.#insert(transaction, withUnlisted(added, rows));
      for (const count of counts) {
        const before = earlier.filter((entry) => isOf(entry, count));
        const more = count.rows - before.reduce((sum, { unlisted }) => sum + 1 + unlisted, 0);
        const last = before.at(-1);
        if (last === undefined || more <= 0 || added.some((entry) => isOf(entry, count))) continue;
        const unlisted = last.unlisted + more;
        await transaction.updateTable('quarantine').set({ unlisted }).where('id', '=', last.id).execute();
      }
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
    await db.transaction().execute(async (transaction) => {
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
      .select(({ fn, eb }) => [
        'reason',
        'severity',
        eb(fn.countAll<number>(), '+', fn.sum<number>('unlisted')).as('rows'),
      ])
      .groupBy(['reason', 'severity'])
      .orderBy('rows', 'desc')
      .orderBy('reason')
      .execute();
  }

  /**
   * Removes the rows of some symbols.
   *
   * @returns how many there were
   */
  async remove(symbols: readonly SymbolCode[]): Promise<number> {
    if (symbols.length === 0) return 0;
    const { db, adapter } = this.#database;
    const ofSymbols = adapter.isOneOf('symbol', symbols);
    const counted = await db
      .selectFrom('quarantine')
      .select(({ fn }) => fn.sum<number | null>('unlisted').as('unlisted'))
      .where(ofSymbols)
      .executeTakeFirst();
    const { numDeletedRows } = await db.deleteFrom('quarantine').where(ofSymbols).executeTakeFirst();
    return Number(numDeletedRows) + Number(counted?.unlisted ?? 0);
  }

  #matching({ symbol, reason, severity }: Filter) {
    return this.#database.db
      .selectFrom('quarantine')
      .$if(symbol !== undefined, (query) => query.where('symbol', '=', symbol!))
      .$if(reason !== undefined, (query) => query.where('reason', '=', reason!))
      .$if(severity !== undefined, (query) => query.where('severity', '=', severity!));
  }

  async #insert(transaction: Transaction<Tables>, entries: readonly KeptEntry[]): Promise<void> {
    for (let start = 0; start < entries.length; start += rowsPerTurn) {
      await transaction
        .insertInto('quarantine')
        .values(entries.slice(start, start + rowsPerTurn))
        .execute();
      // The embedded database answers without a turn of the event loop.
      await turn();
    }
  }
}

/** Files one after another, some rows at a time. */
function* inSlices(several: readonly RowsKeptOut[]): Generator<readonly RowsKeptOut[]> {
  let some: RowsKeptOut[] = [];
  let rows = 0;
  for (const each of several) {
    some.push(each);
    rows += each.entries.length;
    if (rows < rowsPerTurn) continue;
    yield some;
    some = [];
    rows = 0;
  }
  if (some.length > 0) yield some;
}

/** Entries to add, of which the last of each reason stands for the rows of that reason that are not listed. */
function withUnlisted(added: readonly QuarantineEntry[], { entries, counts = [] }: RowsKeptOut): readonly KeptEntry[] {
  const kept = added.map((entry) => ({ ...entry, unlisted: 0 }));
  for (const count of counts) {
    const last = kept.findLast((entry) => isOf(entry, count));
    if (last !== undefined) last.unlisted = count.rows - entries.filter((entry) => isOf(entry, count)).length;
  }
  return kept;
}

function isOf(entry: QuarantineEntry, { reason, severity }: QuarantineCount): boolean {
  return entry.reason === reason && entry.severity === severity;
}

function placeOf({ file, symbol }: { readonly file: string; readonly symbol: string }): string {
  return `${symbol} ${file}`;
}

function identityOf({ line, severity, reason, message, row }: QuarantineEntry): string {
  return JSON.stringify([line, severity, reason, message, row]);
}
