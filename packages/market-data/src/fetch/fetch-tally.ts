import type { FetchResult, QuarantineEntry } from '@daytrade/contracts';
import { DayTradeError, type ErrorCode } from '@daytrade/errors';
import type { BarProvider, BarSource, PassedOver, RefusedSource, SourceList, SourceRows } from '../provider.ts';
import type { Inspection } from '../quality/inspect-bars.ts';
import type { MergedBars } from './ports.ts';

type Counts = Pick<
  FetchResult,
  'rowsRead' | 'barsAdded' | 'barsChanged' | 'barsUnchanged' | 'rowsQuarantined' | 'rowsWithoutTrade' | 'warnings'
>;

/** The counts of a fetch while it goes on. */
export class FetchTally {
  readonly #provider: Pick<BarProvider, 'name' | 'synthetic' | 'incremental'>;
  readonly #skipped: readonly PassedOver[];
  readonly #notes: readonly string[];
  readonly #refused: PassedOver[] = [];
  readonly #symbols = new Set<string>();
  readonly #mended: FetchResult['symbolsMended'] = [];
  /** Rows that were kept out, by reason. */
  readonly #keptOut = new Map<string, { rows: number; readonly first: QuarantineEntry }>();
  #firstCode: ErrorCode | undefined;
  #files = 0;
  readonly #counts: { -readonly [Name in keyof Counts]: number } = {
    rowsRead: 0,
    barsAdded: 0,
    barsChanged: 0,
    barsUnchanged: 0,
    rowsQuarantined: 0,
    rowsWithoutTrade: 0,
    warnings: 0,
  };

  constructor(
    provider: Pick<BarProvider, 'name' | 'synthetic' | 'incremental'>,
    { skipped, notes = [] }: Pick<SourceList, 'skipped' | 'notes'>,
  ) {
    this.#provider = provider;
    this.#skipped = skipped;
    this.#notes = notes;
  }

  /** A file that is refused; its code is what the fetch fails with where every file is. */
  refuse({ file, message, code }: RefusedSource): void {
    this.#files += 1;
    this.#refused.push({ file, message });
    this.#firstCode ??= code;
  }

  add(rows: SourceRows, inspection: Inspection, merged: MergedBars): void {
    const counts = this.#counts;
    this.#files += 1;
    counts.rowsRead += rows.times.length + rows.malformed.length + rows.rowsWithoutTrade;
    counts.rowsWithoutTrade += rows.rowsWithoutTrade;
    counts.barsAdded += merged.added;
    counts.barsChanged += merged.changed;
    counts.barsUnchanged += merged.unchanged;
    if (merged.added + merged.changed + merged.unchanged > 0) this.#symbols.add(rows.master.symbol);
    for (const entry of inspection.entries) this.#addEntry(entry);
  }

  /** Bars of a source that took the place of stored ones that could not be used. */
  mend({ symbol, file }: BarSource, { bars }: MergedBars, fault: string): void {
    const message = `${fault}; its bars are now the ${bars} of ${file}. Import other files of the symbol again too.`;
    this.#mended.push({ symbol, message });
  }

  /** @throws DayTradeError when there is not one good row, saying why */
  result(seconds: number): FetchResult {
    if (this.#symbols.size === 0 && !this.#isUpToDate()) throw this.#nothingUsable();
    return {
      provider: this.#provider.name,
      synthetic: this.#provider.synthetic,
      files: this.#files,
      filesRefused: this.#refused,
      filesSkipped: [...this.#skipped],
      symbols: this.#symbols.size,
      symbolsMended: this.#mended,
      notes: [...this.#notes],
      ...this.#counts,
      seconds,
    };
  }

  /** Nothing came, and nothing was wrong: there is nothing new. */
  #isUpToDate(): boolean {
    return this.#provider.incremental === true && this.#refused.length === 0 && this.#keptOut.size === 0;
  }

  #addEntry(entry: QuarantineEntry): void {
    if (entry.severity === 'warning') {
      this.#counts.warnings += 1;
      return;
    }
    this.#counts.rowsQuarantined += 1;
    const known = this.#keptOut.get(entry.reason);
    if (known === undefined) this.#keptOut.set(entry.reason, { rows: 1, first: entry });
    else known.rows += 1;
  }

  #nothingUsable(): DayTradeError {
    const messages = this.#refused.map(({ message }) => message);
    const shown = messages.slice(0, 5).join('; ') + (messages.length > 5 ? `; and ${messages.length - 5} more` : '');
    const details = { filesRefused: this.#refused.slice(0, 100), files: this.#files };
    if (this.#refused.length === this.#files) {
      return new DayTradeError(this.#firstCode ?? 'data.file-unreadable', shown, { details });
    }
    const reasons = [...this.#keptOut].map(
      ([reason, { rows, first }]) =>
        `${reason} ${rows}, the first in ${first.file} line ${first.line}: ${first.message}`,
    );
    const message = [`none of the ${this.#counts.rowsRead} rows is a good bar`, ...reasons].join('; ');
    return new DayTradeError('data.no-usable-rows', shown === '' ? message : `${message}; refused: ${shown}`, {
      details: {
        ...details,
        reasons: Object.fromEntries([...this.#keptOut].map(([reason, { rows }]) => [reason, rows])),
      },
    });
  }
}
