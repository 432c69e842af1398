import type { PriceBasis, QuarantineCount, QuarantineEntry } from '@daytrade/contracts';
import { dateOfDayNumber, japanDate, japanTime } from '@daytrade/market';
import { type BarColumns, barValues, type IntradayColumns } from '@daytrade/series';
import type { SourceRows } from '../provider.ts';
import { type JudgedBasis, judgePriceBasis } from './price-basis.ts';
import { dayOfRow, type Fault, faultsOfRow } from './row-rules.ts';
import { afterSplits, gapFault, limitFault, type PreviousClose, runsAfterRow } from './sequence-rules.ts';
import { sessionIndex, timeOrder } from './session-index.ts';

export interface Inspection {
  readonly priceBasis: PriceBasis;
  /** Evidence for the price basis. */
  readonly judgedBasis: JudgedBasis;
  readonly bars:
    | { readonly interval: '1d'; readonly columns: BarColumns }
    | { readonly interval: '5m'; readonly columns: IntradayColumns };
  /** Rows kept out and warnings about rows that were kept, in the order of their lines: the first of each reason. */
  readonly entries: readonly QuarantineEntry[];
  /** All such rows, listed in `entries` or not. */
  readonly counts: readonly QuarantineCount[];
}

/** Rows of one reason that are listed of a source: a folder of another unit would fill the database. */
const mostListed = 100;

/**
 * Judges each row of a source, keeps the good ones unchanged and gives the reason for each of the others. Nothing is
 * repaired.
 *
 * - A row is judged by itself (`faultsOfRow`) and against the good rows before it. The reason is its first fault in the
 * order of `qualityReasons`; the message lists all of them.
 *
 * - A day is taken only after its close, and a 5-minute bar after its end, by the given clock.
 *
 * - The first good row of a date is kept; later ones are quarantined, equal or not.
 *
 * - On daily 'traded' prices, a price beyond the daily limit is quarantined. On adjusted prices, which were never
 * traded, it is a warning; so it is on intraday files, which need not hold the close that the limit starts from. Limits
 * widen after sessions without a trade as on the exchange (`sessionLimits`). After a lasting change of level, as at a
 * split that the source does not name, six sessions are quarantined before the level is taken.
 */
export function inspectBars(rows: SourceRows, now: number): Inspection {
  const judgedBasis = judgePriceBasis(rows);
  const priceBasis = judgedBasis.basis;
  const { symbol } = rows.master;
  const { file } = rows;
  const found = new FoundRows();
  for (const { reason, ...malformed } of rows.malformed) {
    found.add('quarantined', reason, (severity) => ({ symbol, file, severity, reason, ...malformed }));
  }
  const kept = new Uint32Array(rows.times.length);
  let bars = 0;
  const history = new History(rows, judgedBasis);
  const order = timeOrder(rows.times);
  for (const index of order) {
    const faults = faultsOfRow(rows, index, { basis: priceBasis, now });
    const judged: Judgement = faults.length > 0 ? { faults, warnings: [] } : history.judge(index);
    if (judged.faults.length > 0) {
      found.add('quarantined', judged.faults[0]!.reason, (severity) => entry(rows, index, severity, judged.faults));
      history.refuse(index);
    } else {
      kept[bars] = index;
      bars += 1;
      history.keep(index);
      if (judged.warnings.length === 0) continue;
      found.add('warning', judged.warnings[0]!.reason, (severity) => entry(rows, index, severity, judged.warnings));
    }
  }
  return { priceBasis, judgedBasis, bars: keptBars(rows, kept.subarray(0, bars)), ...found.result() };
}

type Severity = QuarantineEntry['severity'];

/** Rows that were kept out or warned about: all are counted, and the first of each reason listed. */
class FoundRows {
  readonly #entries: QuarantineEntry[] = [];
  readonly #counts = new Map<string, { readonly reason: string; readonly severity: Severity; rows: number }>();

  add(severity: Severity, reason: string, entryOf: (severity: Severity) => QuarantineEntry): void {
    const key = `${severity} ${reason}`;
    const count = this.#counts.get(key) ?? { reason, severity, rows: 0 };
    if (count.rows === 0) this.#counts.set(key, count);
    count.rows += 1;
    if (count.rows <= mostListed) this.#entries.push(entryOf(severity));
  }

  result(): Pick<Inspection, 'entries' | 'counts'> {
    const entries = this.#entries.sort((a, b) => a.line - b.line);
    const counts = new Set(entries.map(({ severity, reason }) => this.#counts.get(`${severity} ${reason}`)!));
    return { entries, counts: [...counts] };
  }
}

interface Judgement {
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
}

const noSessions: ReadonlySet<number> = new Set();
const nothingWrong: Judgement = { faults: [], warnings: [] };

/** The good rows so far, against which the next one is judged. */
class History {
  readonly #rows: SourceRows;
  readonly #basis: JudgedBasis;
  readonly #limitIsBinding: boolean;
  #last: (PreviousClose & { readonly time: number; readonly line: number }) | undefined;
  /** Close of the last session before the one of `#last`. */
  #before: PreviousClose | undefined;

  constructor(rows: SourceRows, basis: JudgedBasis) {
    this.#rows = rows;
    this.#basis = basis;
    this.#limitIsBinding = basis.basis === 'traded' && rows.interval === '1d';
  }

  judge(index: number): Judgement {
    const last = this.#last;
    if (last === undefined) return nothingWrong;
    const day = dayOfRow(this.#rows, index);
    const session = sessionIndex(day)!;
    if (this.#rows.times[index] === last.time) {
      const message = `line ${last.line} has the same date and is kept`;
      return { faults: [{ reason: 'date-duplicate', message }], warnings: [] };
    }
    const before = day === last.day ? this.#before : last;
    if (before === undefined) return nothingWrong;
    const previous = this.#inPricesOf(before, day);
    const limit = limitFault(this.#rows, index, previous, session, this.#basis);
    if (limit !== undefined && this.#limitIsBinding) return { faults: [limit], warnings: [] };
    const gap = day === last.day ? undefined : gapFault(previous, day, session);
    if (limit === undefined && gap === undefined) return nothingWrong;
    return { faults: [], warnings: [limit, gap].filter((fault) => fault !== undefined) };
  }

  keep(index: number): void {
    const rows = this.#rows;
    const day = dayOfRow(rows, index);
    const session = sessionIndex(day)!;
    if (this.#last !== undefined && this.#last.day !== day) this.#before = this.#last;
    const open = rows.open[index]!;
    const high = rows.high[index]!;
    const low = rows.low[index]!;
    const close = rows.close[index]!;
    const previous = this.#last === undefined ? undefined : this.#inPricesOf(this.#last, day);
    const runs =
      rows.interval === '1d'
        ? runsAfterRow(previous, session, { open, high, low, close }, rows.master.tickTable)
        : undefined;
    this.#last = {
      day,
      session,
      close,
      runs,
      refused: noSessions,
      time: rows.times[index]!,
      line: rows.lines[index]!,
    };
  }

  /** Takes a row that is kept out. */
  refuse(index: number): void {
    const session = sessionIndex(dayOfRow(this.#rows, index));
    const last = this.#last;
    if (last === undefined || session === undefined || !(this.#rows.volume[index]! > 0)) return;
    if (last.refused.has(session)) return;
    this.#last = { ...last, refused: new Set([...last.refused, session]) };
  }

  #inPricesOf(previous: PreviousClose, day: number): PreviousClose {
    return this.#basis.basis === 'traded' ? afterSplits(previous, day, this.#rows.factors) : previous;
  }
}

function entry(
  rows: SourceRows,
  index: number,
  severity: QuarantineEntry['severity'],
  faults: readonly Fault[],
): QuarantineEntry {
  const time = rows.times[index]!;
  return {
    symbol: rows.master.symbol,
    date: rows.interval === '1d' ? dateOfDayNumber(time) : `${japanDate(time)} ${japanTime(time)}`,
    file: rows.file,
    line: rows.lines[index]!,
    severity,
    reason: faults[0]!.reason,
    message: faults.map(({ message }) => message).join('; '),
    row: rows.rowText(index),
  };
}

function rowsOf(column: Float64Array, rows: Uint32Array): Float64Array {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) values[i] = column[rows[i]!]!;
  return values;
}

/** The columns of the rows themselves where all are kept as they stand, as of nearly every source. */
function keptBars(rows: SourceRows, kept: Uint32Array): Inspection['bars'] {
  const isWhole = kept.length === rows.times.length && kept.every((index, position) => index === position);
  const pick = (column: Float64Array) => (isWhole ? column : rowsOf(column, kept));
  const values = barValues((name) => pick(rows[name]));
  if (rows.interval === '5m') return { interval: '5m', columns: { times: pick(rows.times), ...values } };
  return { interval: '1d', columns: { days: new Int32Array(pick(rows.times)), ...values } };
}
