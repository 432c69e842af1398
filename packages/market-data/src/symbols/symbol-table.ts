import { readFileSync } from 'node:fs';
import { lotSize, type SymbolCode, type TickTable } from '@daytrade/market';
import type { SymbolMaster } from '../provider.ts';
import { symbolOf } from '../providers/csv/bar-table.ts';
import { csvFields, csvLines } from '../tables/lines.ts';
import { unreadable } from '../tables/read-file.ts';

/** Entry of a symbols file. */
export type SymbolTableEntry = Pick<SymbolMaster, 'name' | 'sector' | 'sizeGroup' | 'tickTable'>;

/** Names of the columns here and in the list of issues of the exchange (data_j.xls). */
const columns: Readonly<Record<'symbol' | 'name' | 'group' | 'sector', readonly string[]>> = {
  symbol: ['symbol', 'code', 'コード'],
  name: ['name', '銘柄名'],
  group: ['group', '規模区分'],
  sector: ['sector', '33業種区分'],
};

/** Codes of other shares than ordinary ones, as 25935 of a preferred one: the list of the exchange has them too. */
const otherIssue = /^[0-9A-Z]{5}(?:\.T)?$/i;

/**
 * Reads a file of symbols with the columns `symbol,name,group,sector`, or the list of issues of the exchange; `group`
 * and `sector` may be missing. A size group of large, mid, TOPIX Core30, TOPIX Large70 or TOPIX Mid400 means the narrow
 * tick table.
 *
 * @throws DayTradeError `data.file-unreadable` with the line and what was expected
 */
export function parseSymbolTable(text: string, file: string): ReadonlyMap<SymbolCode, SymbolTableEntry> {
  const lines = csvLines(text);
  const first = lines.next();
  const header = first.done === true ? [] : csvFields(first.value.text).map((name) => name.trim().toLowerCase());
  const at = (column: keyof typeof columns) => header.findIndex((name) => columns[column].includes(name));
  if (at('symbol') < 0 || at('name') < 0) {
    // The content is not quoted, since any file may be named as a symbols file.
    const found = header.length === 1 ? '1 column' : `${header.length || 'no'} columns`;
    throw unreadable(file, `line 1: expected the header symbol,name,group,sector, found ${found} of other names`);
  }
  const table = new Map<SymbolCode, SymbolTableEntry>();
  for (const line of lines) {
    const fields = csvFields(line.text);
    if (fields.length !== header.length) {
      throw unreadable(file, `line ${line.line}: expected ${header.length} fields, found ${fields.length}`);
    }
    const field = (column: keyof typeof columns) => {
      const written = fields[at(column)]?.trim() ?? '';
      return written === '' || written === '-' ? null : written;
    };
    const code = field('symbol') ?? '';
    const symbol = symbolOf(code);
    if (symbol === undefined && otherIssue.test(code)) continue;
    if (symbol === undefined) {
      throw unreadable(file, `line ${line.line}: symbol: expected a code as 7203, 72030 or 7203.T, got "${code}"`);
    }
    const sizeGroup = field('group');
    table.set(symbol, {
      name: field('name') ?? '',
      sector: field('sector'),
      sizeGroup,
      tickTable: tickTableOf(sizeGroup),
    });
  }
  return table;
}

/** Size groups whose shares have the narrow tick table (TOPIX 500). */
const topix500Groups = new Set(['large', 'mid', 'topix core30', 'topix large70', 'topix mid400']);

/** The tick table of a size group, in any spelling; the wide one where the group is not known. */
function tickTableOf(sizeGroup: string | null): TickTable {
  return topix500Groups.has(sizeGroup?.toLowerCase() ?? '') ? 'topix500' : 'standard';
}

/** A real symbol by what is known of it: its name is its code, and its ticks are the wide ones, where nothing is. */
export function masterOf(symbol: SymbolCode, known: Partial<SymbolMaster> = {}): SymbolMaster {
  const { name, sector = null, sizeGroup = null, tickTable = tickTableOf(sizeGroup), lot = lotSize } = known;
  return { symbol, name: name || symbol, sector, sizeGroup, tickTable, lot, synthetic: false, sharesOutstanding: null };
}

let issues: ReadonlyMap<SymbolCode, SymbolTableEntry> | undefined;

/**
 * Returns the Japanese name, sector and size group of an issue that was listed on 2024-03-29; undefined for later ones.
 *
 * Source: the Python package tokyo-stock-exchange 0.0.3 (MIT, LICENSE beside), with full-width letters made half-width.
 */
export function listedIssue(symbol: SymbolCode): SymbolTableEntry | undefined {
  issues ??= parseSymbolTable(readFileSync(new URL('issues.csv', import.meta.url), 'utf8'), 'issues.csv');
  return issues.get(symbol);
}
