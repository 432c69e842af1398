import {
  compareText,
  dateOfDayNumber,
  importedSource,
  isTradeDate,
  type MemberSpan,
  type Succession,
  type SymbolCode,
  type TradeDate,
  type UniverseName,
  universeNames,
} from '@daytrade/market';
import { parseDay } from './moments.ts';
import { isNoValue, parseNumber } from './numbers.ts';
import { unreadable } from './read-file.ts';
import { BadRow, codeIn, quoted, type RowFault, readRows, readTableFile } from './table-file.ts';

/** Content of a file of listings, each entry with its line. */
export interface UniverseFile {
  readonly rows: number;
  readonly spans: readonly (MemberSpan & Placed)[];
  readonly successions: readonly (Succession & Placed)[];
  readonly shares: readonly (SharesRow & Placed)[];
  readonly faults: readonly RowFault[];
}

type Placed = Pick<RowFault, 'line'>;

/** Shares outstanding from a day on. */
interface SharesRow {
  readonly symbol: SymbolCode;
  readonly date: TradeDate;
  readonly shares: number;
}

const needed = ['kind', 'symbol', 'from'] as const;
const known = [...needed, 'to', 'universe', 'successor', 'ratio', 'shares', 'reason'] as const;
type Column = (typeof known)[number];
type Fields = Readonly<Record<Column, string>>;

/**
 * Reads a file of listings: CSV, gzipped or not, with the columns kind, symbol, from, to, universe, successor, ratio,
 * shares, reason. Every bad row is named.
 *
 * @throws DayTradeError `data.file-unreadable` for what is not such a table
 */
export async function readUniverseFile(bytes: Uint8Array, file: string): Promise<UniverseFile> {
  const table = await readTableFile(bytes, file);
  const names = table.names.map((name) => name.trim().toLowerCase());
  checkHeader(names, file);
  const found = {
    rows: table.body.length,
    spans: [] as (MemberSpan & Placed)[],
    successions: [] as (Succession & Placed)[],
    shares: [] as (SharesRow & Placed)[],
  };
  const faults = readRows(table, (values, line) => {
    if (values.length !== names.length) throw new BadRow(`expected ${names.length} fields, got ${values.length}`);
    const at = (column: Column) => values[names.indexOf(column)]?.trim() ?? '';
    take(Object.fromEntries(known.map((column) => [column, at(column)])) as Fields, line, found);
  });
  faults.push(...overlaps(found.spans), ...twiceSucceeded(found.successions));
  return { ...found, faults: faults.sort((one, other) => one.line - other.line) };
}

function checkHeader(names: readonly string[], file: string): void {
  const missing = needed.filter((name) => !names.includes(name));
  const unknown = names.filter((name) => !known.some((column) => column === name));
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (missing.length === 0 && unknown.length === 0 && twice === undefined) return;
  const what = missing[0] ? `no column ${missing[0]}` : twice ? `the column ${twice} twice` : `a column ${unknown[0]}`;
  throw unreadable(file, `line 1: expected the header ${known.join(',')}, found ${what.slice(0, 80)}`);
}

function take(
  fields: Fields,
  line: number,
  into: {
    readonly spans: (MemberSpan & Placed)[];
    readonly successions: (Succession & Placed)[];
    readonly shares: (SharesRow & Placed)[];
  },
): void {
  const symbol = codeIn('symbol', fields.symbol);
  const reason = fields.reason === '' ? null : fields.reason.slice(0, 200);
  switch (fields.kind) {
    case 'listing':
    case 'member': {
      const universe = fields.kind === 'listing' ? 'listed' : universeOf(fields.universe);
      const [from, to] = [dayOrNone('from', fields.from), dayOrNone('to', fields.to)];
      if (from === null && to === null) throw new BadRow('from, to: expected at least one of the two days');
      if (from !== null && to !== null && to < from) throw new BadRow(`to: expected a day from ${from} on, got ${to}`);
      into.spans.push({ symbol, universe, from, to, reason, source: importedSource, line });
      return;
    }
    case 'succession': {
      const successor = codeIn('successor', fields.successor);
      if (successor === symbol) throw new BadRow(`successor: expected another code than ${symbol}`);
      const ratio = fields.ratio === '' ? 1 : positive('ratio', fields.ratio);
      const date = dayOf('from', fields.from);
      into.successions.push({ symbol, successor, date, ratio, reason, source: importedSource, line });
      return;
    }
    case 'shares': {
      const [date, shares] = [dayOf('from', fields.from), positive('shares', fields.shares)];
      into.shares.push({ symbol, date, shares, line });
      return;
    }
    default:
      throw new BadRow(`kind: expected listing, member, succession or shares, got ${quoted(fields.kind)}`);
  }
}

function universeOf(text: string): UniverseName {
  const found = universeNames.find((name) => name === text.toLowerCase() && name !== 'listed');
  if (found !== undefined) return found;
  throw new BadRow(`universe: expected one of ${universeNames.slice(1).join(', ')}, got ${quoted(text)}`);
}

function dayOrNone(column: string, text: string): TradeDate | null {
  return isNoValue(text) ? null : dayOf(column, text);
}

function dayOf(column: string, text: string): TradeDate {
  // Companies were listed before the calendar begins.
  if (isTradeDate(text)) return text;
  const day = parseDay(text, column);
  if ('value' in day) return dateOfDayNumber(day.value);
  throw new BadRow(day.message);
}

function positive(column: string, text: string): number {
  const value = parseNumber(text, ',');
  if (value > 0) return value;
  throw new BadRow(`${column}: expected a number above 0, got ${quoted(text)}`);
}

function overlaps(spans: UniverseFile['spans']): readonly RowFault[] {
  const bySet = Map.groupBy(spans, ({ symbol, universe }) => `${symbol} ${universe}`);
  return [...bySet.values()].flatMap((own) => {
    const sorted = own.toSorted((one, other) => compareText(one.from ?? '', other.from ?? ''));
    return sorted.flatMap((span, i): readonly RowFault[] => {
      const before = sorted[i - 1];
      if (before === undefined || (before.to !== null && before.to < (span.from ?? ''))) return [];
      const ends = `which ends ${before.to ?? 'never'}`;
      const message = `${span.symbol} is in ${span.universe} already by line ${before.line}, ${ends}`;
      return [{ line: span.line, message }];
    });
  });
}

function twiceSucceeded(successions: UniverseFile['successions']): readonly RowFault[] {
  const bySymbol = Map.groupBy(successions, ({ symbol, successor }) => `${symbol} ${successor}`);
  return [...bySymbol.values()].flatMap(([first, ...more]) =>
    more.map(({ line, symbol, successor }) => ({
      line,
      message: `${symbol} became ${successor} already by line ${first!.line}`,
    })),
  );
}
