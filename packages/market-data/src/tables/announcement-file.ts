import {
  announcedAt,
  compareText,
  dateOfDayNumber,
  instantOf,
  japanDate,
  type SymbolCode,
  type TradeDate,
} from '@daytrade/market';
import type { Announcement } from '../provider.ts';
import { nameOfColumn } from './columns.ts';
import { readMoment } from './moments.ts';
import { isNoValue } from './numbers.ts';
import { unreadable } from './read-file.ts';
import { BadRow, codeIn, quoted, type RowFault, readRows, readTableFile, type TableFile } from './table-file.ts';

interface FileAnnouncement extends Required<Omit<Announcement, 'source'>> {
  readonly symbol: SymbolCode;
  /** The instant from which a plan no longer stood; null where it still does. */
  readonly knownUntil: string | null;
}

interface AnnouncementFile {
  readonly rows: number;
  /** One for each symbol, day and kind. */
  readonly announcements: readonly FileAnnouncement[];
  readonly faults: readonly RowFault[];
}

/** Spellings of the columns, as `nameOfColumn` writes them. */
const spellings = {
  code: ['code', 'symbol', 'ticker', 'コード', '銘柄コード', '証券コード', '銘柄'],
  date: ['date', '日付', '発表日', '決算発表日', '決算発表予定日', '発表予定日', '予定日'],
  time: ['time', '時刻', '時間', '発表時刻', '発表予定時刻'],
  knownSince: ['knownsince', '公表日時', '公表日', '掲載日時', '掲載日'],
  lastListed: ['lastlisted', '最終掲載日時', '最終掲載日'],
} as const;
type Column = keyof typeof spellings;
type Columns = Readonly<Record<Column, number>>;

const expected = 'expected code,date (コード,決算発表日), and time, known_since or last_listed where they are known';

interface Row extends Pick<FileAnnouncement, 'symbol' | 'date' | 'time'> {
  readonly knownSince: number;
  /** The last edition of a schedule that has the day; undefined where the file has no such column. */
  readonly lastListed: number | undefined;
}

/**
 * Reads earnings dates: CSV, gzipped or not, in UTF-8 or Shift_JIS. Times without an offset are Japan's. A day without
 * `known_since` is known from its end on, or from now for one to come. A day that a later edition of the schedule no
 * longer has before it came (`last_listed`) was moved: it stood until that edition.
 *
 * @param now milliseconds since 1970 UTC
 * @throws DayTradeError `data.file-unreadable` for what is not such a table
 */
export async function readAnnouncementFile(bytes: Uint8Array, file: string, now: number): Promise<AnnouncementFile> {
  const table = await readTableFile(bytes, file);
  if (table.body.length === 0) throw unreadable(file, 'there is no row after the header');
  const columns = columnsOf(table, file);
  const rows: Row[] = [];
  const faults = readRows(table, (fields) => void rows.push(rowOf(fields, columns, now)));
  return { rows: table.body.length, announcements: onePerDay(rows.map(announcementOf(editionsOf(rows)))), faults };
}

function columnsOf({ header: { line, text }, names: written }: TableFile, file: string): Columns {
  const names = written.map(nameOfColumn);
  const at = (column: Column) => names.findIndex((name) => (spellings[column] as readonly string[]).includes(name));
  const columns = {
    code: at('code'),
    date: at('date'),
    time: at('time'),
    knownSince: at('knownSince'),
    lastListed: at('lastListed'),
  };
  if (columns.code >= 0 && columns.date >= 0) return columns;
  throw unreadable(file, `line ${line}: the header is ${JSON.stringify(text.slice(0, 120))}, ${expected}`);
}

function rowOf(fields: readonly string[], columns: Columns, now: number): Row {
  const field = (column: Column) => fields[columns[column]]?.trim() ?? '';
  const symbol = codeIn('code', field('code'));
  const date = dateOf(field('date'));
  const time = timeOf(field('time'));
  const out = announcedAt(date, time);
  const knownSince = instantIn('known_since', field('knownSince')) ?? Math.min(out, now);
  const lastListed = instantIn('last_listed', field('lastListed'));
  if (knownSince > now) {
    throw new BadRow(`known_since: expected an instant that is past, got ${quoted(field('knownSince'))}`);
  }
  // Editions of one day may be named by the day alone.
  if (lastListed !== undefined && japanDate(lastListed) < japanDate(knownSince)) {
    throw new BadRow(`last_listed: expected a day from that of known_since on, got ${quoted(field('lastListed'))}`);
  }
  return { symbol, date, time, knownSince, lastListed: lastListed && Math.max(lastListed, knownSince) };
}

function editionsOf(rows: readonly Row[]): readonly number[] {
  const listed = rows.filter(({ lastListed }) => lastListed !== undefined);
  return [...new Set(listed.flatMap(({ knownSince, lastListed }) => [knownSince, lastListed!]))].sort((a, b) => a - b);
}

function announcementOf(editions: readonly number[]) {
  return ({ symbol, date, time, knownSince, lastListed }: Row): FileAnnouncement => {
    const wasMoved = lastListed !== undefined && japanDate(lastListed) < date;
    const knownUntil = wasMoved ? editions.find((edition) => edition > lastListed) : undefined;
    return {
      symbol,
      date,
      kind: knownSince < announcedAt(date, time) ? 'planned' : 'made',
      time,
      knownSince: new Date(knownSince).toISOString(),
      knownUntil: knownUntil === undefined ? null : new Date(knownUntil).toISOString(),
    };
  };
}

/** Keeps one row of each symbol, day and kind: the one known first, for as long as any of them stood. */
function onePerDay(all: readonly FileAnnouncement[]): readonly FileAnnouncement[] {
  const byDay = Map.groupBy(all, ({ symbol, date, kind }) => `${symbol} ${date} ${kind}`);
  return [...byDay.values()].map((several) => {
    const [first] = several.toSorted((one, other) => compareText(one.knownSince, other.knownSince));
    const ends = several.map(({ knownUntil }) => knownUntil ?? '');
    const knownUntil = ends.includes('') ? null : ends.sort().at(-1)!;
    return { ...first!, knownUntil };
  });
}

function dateOf(text: string): TradeDate {
  const moment = readMoment(text, 'date');
  if ('form' in moment) return dateOfDayNumber(moment.day);
  throw new BadRow(moment.message);
}

function timeOf(text: string): string | null {
  if (isNoValue(text) || text === '未定') return null;
  const [, hour, minute] = /^([01]?\d|2[0-3])[:時]([0-5]\d)(?:分|:[0-5]\d)?$/.exec(text) ?? [];
  if (hour !== undefined && minute !== undefined) return `${hour.padStart(2, '0')}:${minute}`;
  throw new BadRow(`time: expected a time of day in Japan as 15:30, or nothing, got ${quoted(text)}`);
}

/** A day without a time counts from its end. */
function instantIn(column: string, text: string): number | undefined {
  if (isNoValue(text)) return undefined;
  const moment = readMoment(text, column);
  if (!('form' in moment)) throw new BadRow(moment.message);
  if (moment.instant !== undefined) return moment.instant;
  const date = dateOfDayNumber(moment.day);
  return moment.localMinutes === undefined
    ? announcedAt(date, null)
    : instantOf(date, '00:00') + moment.localMinutes * 60_000;
}
