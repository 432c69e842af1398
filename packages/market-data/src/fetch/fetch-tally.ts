import type { FetchResult, QuarantineCount, QuarantineEntry, ReadAs } from '@daytrade/contracts';
import { DayTradeError, type ErrorCode } from '@daytrade/errors';
import {
  type BarProvider,
  type BarSource,
  isNamed,
  type PassedOver,
  type RefusedSource,
  type SourceList,
} from '../provider.ts';
import type { Inspection } from '../quality/inspect-bars.ts';
import type { QualityReason } from '../quality/row-rules.ts';
import type { JudgedRows } from './judge-sources.ts';
import type { MergedBars } from './ports.ts';

const counted = [
  'rowsRead',
  'barsAdded',
  'barsChanged',
  'intradayBars',
  'barsUnchanged',
  'rowsQuarantined',
  'rowsWithoutTrade',
  'warnings',
] as const satisfies readonly (keyof FetchResult)[];

/** Remedies for a fetch without a good row, by reason. Other messages contain theirs. */
const remedies: ReadonlyMap<string, string> = new Map([
  ['high-below-low', '; are the columns of high and low swapped?'],
  ['not-over-yet', '; if that is wrong, set the clock of the data service'],
] satisfies readonly [QualityReason, string][]);

/** The counts of a fetch while it goes on. */
export class FetchTally {
  readonly #provider: Pick<BarProvider, 'name' | 'synthetic' | 'incremental'>;
  readonly #skipped: readonly PassedOver[];
  readonly #notes: string[];
  readonly #refused: PassedOver[] = [];
  readonly #symbols = new Set<string>();
  readonly #mended: FetchResult['symbolsMended'] = [];
  /** Rows that were kept out, by reason. */
  readonly #keptOut = new Map<string, { rows: number; readonly first: QuarantineEntry }>();
  #firstCode: ErrorCode | undefined;
  /** Forms of the files by their JSON. */
  readonly #readAs = new Map<
    string,
    { readonly as: Omit<ReadAs, 'files' | 'symbols'>; readonly files: Set<string>; symbols: number }
  >();
  readonly #files = new Set<string>();
  readonly #unnamed = new Set<string>();
  readonly #counts = Object.fromEntries(counted.map((name) => [name, 0])) as Record<(typeof counted)[number], number>;

  constructor(
    provider: Pick<BarProvider, 'name' | 'synthetic' | 'incremental'>,
    { skipped, notes = [] }: Pick<SourceList, 'skipped' | 'notes'>,
  ) {
    this.#provider = provider;
    this.#skipped = skipped;
    this.#notes = [...notes];
  }

  /** A file that is refused; its code is what the fetch fails with where every file is. */
  refuse({ file, message, code }: RefusedSource): void {
    this.#files.add(file);
    this.#refused.push({ file, message });
    this.#firstCode ??= code;
  }

  note(text: string): void {
    this.#notes.push(text);
  }

  add(rows: JudgedRows, inspection: Inspection, merged: MergedBars): void {
    const counts = this.#counts;
    this.#files.add(rows.file);
    this.#noteForm(rows, inspection);
    if (!isNamed(rows.master)) this.#unnamed.add(rows.master.symbol);
    counts.rowsRead += rows.count + rows.malformed.length + rows.rowsWithoutTrade;
    counts.rowsWithoutTrade += rows.rowsWithoutTrade;
    counts.barsAdded += merged.added;
    counts.barsChanged += merged.changed;
    if (rows.interval === '5m') counts.intradayBars += merged.added + merged.changed;
    counts.barsUnchanged += merged.unchanged;
    if (merged.added + merged.changed + merged.unchanged > 0) this.#symbols.add(rows.master.symbol);
    for (const count of inspection.counts) this.#addCount(count, inspection.entries);
  }

  /** Bars of a source that took the place of stored ones that could not be used. */
  mend({ symbol, file }: BarSource, { bars }: MergedBars, fault: string): void {
    const message = `${fault}; its bars are now the ${bars} of ${file}. Import other files of the symbol again too.`;
    this.#mended.push({ symbol, message });
  }

  /** @throws DayTradeError when there is not one good row, saying why */
  result(seconds: number): FetchResult {
    if (this.#symbols.size === 0 && !this.#isUpToDate()) throw this.#nothingUsable();
    if (this.#unnamed.size > 0) this.note(withoutNames(this.#unnamed.size));
    return {
      provider: this.#provider.name,
      synthetic: this.#provider.synthetic,
      files: this.#files.size,
      filesRefused: this.#refused,
      filesSkipped: [...this.#skipped],
      symbols: this.#symbols.size,
      symbolsMended: this.#mended,
      readAs: [...this.#readAs.values()].map(({ as, files, symbols }) => ({ ...as, files: [...files], symbols })),
      dryRun: false,
      keptOut: this.#keptOutByReason(),
      notes: [...this.#notes],
      ...this.#counts,
      seconds,
    };
  }

  /** Nothing came, and nothing was wrong: there is nothing new. */
  #isUpToDate(): boolean {
    const isFaulty = [...this.#keptOut.keys()].some((reason) => reason !== 'gap');
    return this.#provider.incremental === true && this.#refused.length === 0 && !isFaulty;
  }

  #noteForm({ form, interval, file }: JudgedRows, { priceBasis, judgedBasis }: Inspection): void {
    if (form === undefined) return;
    const as = { ...form, interval, priceBasis, basisReason: judgedBasis.reason };
    const key = JSON.stringify(as);
    const known = this.#readAs.get(key) ?? { as, files: new Set(), symbols: 0 };
    known.files.add(file);
    known.symbols += 1;
    this.#readAs.set(key, known);
  }

  #addCount({ reason, severity, rows }: QuarantineCount, entries: readonly QuarantineEntry[]): void {
    if (severity === 'warning') {
      this.#counts.warnings += rows;
      return;
    }
    this.#counts.rowsQuarantined += rows;
    const known = this.#keptOut.get(reason);
    if (known !== undefined) known.rows += rows;
    else
      this.#keptOut.set(reason, {
        rows,
        first: entries.find((entry) => entry.reason === reason && entry.severity === severity)!,
      });
  }

  #keptOutByReason(): FetchResult['keptOut'] {
    return [...this.#keptOut].map(([reason, { rows, first }]) => ({
      reason,
      rows,
      first: `${first.file} line ${first.line}: ${first.message}`,
    }));
  }

  #nothingUsable(): DayTradeError {
    const messages = this.#refused.map(({ message }) => message);
    const shown = messages.slice(0, 5).join('; ') + (messages.length > 5 ? `; and ${messages.length - 5} more` : '');
    const details = { filesRefused: this.#refused.slice(0, 100), files: this.#files.size };
    if (this.#counts.rowsRead === 0 && this.#refused.length > 0) {
      return new DayTradeError(this.#firstCode ?? 'data.file-unreadable', shown, { details });
    }
    const reasons = this.#keptOutByReason().map(
      ({ reason, rows, first }) => `${reason} ${rows}, the first in ${first}${remedies.get(reason) ?? ''}`,
    );
    const message = [`none of the ${this.#counts.rowsRead} rows is a good bar`, ...reasons].join('; ');
    const whole = shown === '' ? message : `${message}; refused: ${shown}`;
    return new DayTradeError('data.no-usable-rows', whole, { details });
  }
}

function withoutNames(symbols: number): string {
  return (
    `${symbols === 1 ? '1 symbol has' : `${symbols} symbols have`} no name; save the list of issues of the exchange ` +
    '(data_j.xls of jpx.co.jp) as CSV, and name it by --symbols, or symbols.csv beside the bars'
  );
}
