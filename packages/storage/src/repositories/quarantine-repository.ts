import type { QuarantineEntry } from '@daytrade/contracts';
import type { Kysely } from 'kysely';
import { lockInTransaction } from '../database/advisory-lock.ts';
import type { Tables } from '../database/tables.ts';

export interface QuarantineQuery {
  readonly symbol?: string | undefined;
  readonly reason?: string | undefined;
  readonly severity?: QuarantineEntry['severity'] | undefined;
  readonly limit: number;
  readonly offset: number;
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

/** Rows of one statement: far below the 65,535 parameters that PostgreSQL takes. */
const rowsPerInsert = 500;

/** The rows that the quality gate kept out or warned about. */
export class QuarantineRepository {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Puts the entries of one symbol's rows in a file in the place of those of an earlier reading of it. */
  async replaceForFile(file: string, symbol: string, entries: readonly QuarantineEntry[]): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      // Two readings of one file at once would each remove the rows before and leave those of the other.
      await lockInTransaction(transaction, `quarantine/${file}/${symbol}`);
      await transaction.deleteFrom('quarantine').where('file', '=', file).where('symbol', '=', symbol).execute();
      for (let start = 0; start < entries.length; start += rowsPerInsert) {
        const rows = entries.slice(start, start + rowsPerInsert);
        await transaction.insertInto('quarantine').values(rows).execute();
      }
    });
  }

  /** One page of the entries that match, by file and line. */
  async list(query: QuarantineQuery): Promise<QuarantinePage> {
    const counts = await this.counts(query);
    const quarantine = await this.#matching(query)
      .select(['symbol', 'date', 'file', 'line', 'severity', 'reason', 'message', 'row'])
      .orderBy('file')
      .orderBy('line')
      .orderBy('id')
      .limit(query.limit)
      .offset(query.offset)
      .execute();
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

  #matching({ symbol, reason, severity }: Filter) {
    return this.#db
      .selectFrom('quarantine')
      .$if(symbol !== undefined, (query) => query.where('symbol', '=', symbol!))
      .$if(reason !== undefined, (query) => query.where('reason', '=', reason!))
      .$if(severity !== undefined, (query) => query.where('severity', '=', severity!));
  }
}
