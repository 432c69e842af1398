import { gzipSync } from 'node:zlib';
import { parseTradeDate, sessionsBetween } from '@daytrade/market';
import type { WireRow } from './jquants-stand-in.ts';
import type { ReplayReply, ReplayRequest } from './replay-server.ts';

/** What rows a file has. */
interface FileForm {
  readonly endpoint: 'equities/bars/daily' | 'equities/bars/minute';
  readonly columns: readonly string[];
}

const dailyFile: FileForm = {
  endpoint: 'equities/bars/daily',
  columns: ['Date', 'Code', 'O', 'H', 'L', 'C', 'UL', 'LL', 'Vo', 'Va', 'AdjFactor'],
};

export const minuteFile: FileForm = {
  endpoint: 'equities/bars/minute',
  columns: ['Date', 'Time', 'Code', 'O', 'H', 'L', 'C', 'Vo', 'Va'],
};

const folder = '/files/';

/** The days of which there are files: a file for each month that is over, and one for each day of the last month. */
export interface FileDays {
  readonly from: string;
  readonly to: string;
}

/**
 * Files as `/bulk/list` lists them and `/bulk/get` places them, on this server under another name, as those of J-Quants
 * are not on the host of its API, at addresses that need no key; undefined for what is none of these.
 */
export function answerFiles(
  { path, query, headers }: ReplayRequest,
  { from, to }: FileDays,
  rows: readonly WireRow[],
  { endpoint, columns }: FileForm = dailyFile,
): ReplayReply | undefined {
  if (path.endsWith('/bulk/list')) {
    const data = keysOf(from, to, endpoint).map((Key) => ({ Key, LastModified: `${to}T20:00:00+09:00`, Size: 1 }));
    return { body: JSON.stringify({ data }) };
  }
  if (path.endsWith('/bulk/get')) {
    const host = String(headers.host).replace('127.0.0.1', 'localhost');
    return { body: JSON.stringify({ url: `http://${host}${folder}${query.key}?signature=secret` }) };
  }
  if (!path.startsWith(folder)) return undefined;
  const [, digits = ''] = /_(\d+)\.csv\.gz$/.exec(path) ?? [];
  const beginning = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].filter((part) => part !== '').join('-');
  const isInFile = (row: WireRow) => String(row.Date).startsWith(beginning);
  return { body: gzipSync(fileOf([...otherRows(from, to), ...rows].filter(isInFile), columns)) };
}

/** An issue that nobody asks for, and that has rows where a test makes no others. */
function otherRows(from: string, to: string): WireRow[] {
  return sessionsIn(from, to).map((date) => ({ Date: date, Time: '09:00', Code: '99990', AdjFactor: 1 }));
}

function sessionsIn(from: string, to: string): readonly string[] {
  return sessionsBetween(parseTradeDate(from), parseTradeDate(to));
}

function withoutDashes(date: string): string {
  return date.replaceAll('-', '');
}

function keysOf(from: string, to: string, endpoint: FileForm['endpoint']): string[] {
  const days = sessionsIn(from, to).map(withoutDashes);
  const last = to.slice(0, 7).replace('-', '');
  const periods = new Set(days.map((day) => (day.startsWith(last) ? day : day.slice(0, 6))));
  const name = endpoint.replaceAll('/', '_');
  return [...periods].map((period) => `${endpoint}/${period.slice(0, 4)}/${name}_${period}.csv.gz`);
}

function fileOf(rows: readonly WireRow[], columns: readonly string[]): string {
  const lines = rows.map((row) => columns.map((name) => fieldOf(row[name])).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

function fieldOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
