import { setImmediate as turn } from 'node:timers/promises';
import type { QuarantineCount, QuarantineEntry } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { Repository } from './repository.ts';

export interface QuarantineQuery {
  readonly symbol?: SymbolCode | undefined;
  readonly reason?: string | undefined;
  readonly severity?: QuarantineEntry['severity'] | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** The rejected and warned rows of one symbol in a file. */
export interface RowsKeptOut {
  readonly file: string;
  readonly symbol: SymbolCode;
  readonly entries: readonly QuarantineEntry[];
  /** Number of rows by reason; default: those of `entries`. */
  readonly counts?: readonly QuarantineCount[] | undefined;
}

export interface QuarantinePage {
  /** Number of matching rows, including unlisted ones. */
  readonly total: number;
  /** The matching rows by reason, most first. */
  readonly counts: readonly QuarantineCount[];
  readonly quarantine: readonly QuarantineEntry[];
}

type KeptEntry = QuarantineEntry & { readonly unlisted: number };

type Filter = Omit<QuarantineQuery, 'limit' | 'offset'>;

const entryColumns = ['symbol', 'date', 'file', 'line', 'severity', 'reason', 'message', 'row'] as const;

/** Number of rows in a statement. The embedded database blocks the event loop for some 5 ms. */
const rowsPerTurn = 100;

/** Others wait for a transaction of the embedded database. */
const filesPerTransaction = 20;

/** The rows that the quality gate rejected or warned about. */
export class QuarantineRepository extends Repository {
  /** Replaces the entries of symbols in files by those of a new reading. */
  async replaceMany(several: readonly RowsKeptOut[]): Promise<void> {
    // The usual case: a file without entries, before and now.
    const empty = several.filter(({ entries }) => entries.length === 0);
    const earlier = await this.#filesWithEntries(this.db, empty);
    const changed = several.filter((each) => each.entries.length > 0 || earlier.has(placeOf(each)));
    for (let start = 0; start < changed.length; start += filesPerTransaction) {
      const some = changed.slice(start, start + filesPerTransaction);
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
   * Adds rows of one symbol in a file to the earlier ones, without duplicates. If all listed rows of a reason exist
   * already, the file was read before.
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

  /** Returns the symbols with entries, for some files. */
  async #filesWithEntries(
    db: Kysely<Tables>,
    several: readonly Pick<RowsKeptOut, 'file'>[],
  ): Promise<ReadonlySet<string>> {
    if (several.length === 0) return new Set();
    const files = new Set(several.map(({ file }) => file));
    const found = db.selectFrom('quarantine').select(['file', 'symbol']).distinct();
    const rows = await found.where(this.adapter.isOneOf('file', [...files])).execute();
    return new Set(rows.map(placeOf));
  }

  /** Changes entries under a lock, since two concurrent readings of one file would duplicate its entries. */
  async #alone(change: (transaction: Transaction<Tables>) => Promise<void>): Promise<void> {
    const { db, adapter } = this;
    await db.transaction().execute(async (transaction) => {
      await adapter.lockInTransaction(transaction, 'quarantine');
      await change(transaction);
    });
  }

  async list(query: QuarantineQuery): Promise<QuarantinePage> {
    const counts = await this.counts(query);
    const sorted = this.#matching(query).select(entryColumns).orderBy('file').orderBy('line').orderBy('id');
    const quarantine = await this.adapter.page(sorted, query).execute();
    return { total: counts.reduce((sum, { rows }) => sum + rows, 0), counts, quarantine };
  }

  /** Counts the matching entries by reason and severity, most first. */
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

  /** Removes the rows of some symbols. */
  async remove(symbols: readonly SymbolCode[]): Promise<number> {
    if (symbols.length === 0) return 0;
    const { db, adapter } = this;
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
    return this.db
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
      // The embedded database does not yield to the event loop.
      await turn();
    }
  }
}

/** Returns the entries with the number of unlisted rows on the last entry of each reason. */
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
