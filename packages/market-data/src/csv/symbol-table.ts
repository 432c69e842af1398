import { parseSymbol, type SymbolCode } from '@daytrade/market';
import type { SymbolMaster } from '../provider.ts';
import { tickTableOf } from '../size-group.ts';
import { csvFields, csvLines } from './csv-lines.ts';
import { unreadable } from './file-error.ts';

/** What a symbols file says of one symbol. */
export type SymbolTableEntry = Pick<SymbolMaster, 'name' | 'sector' | 'sizeGroup' | 'tickTable'>;

/**
 * Reads a file of symbols with the columns `symbol,name,group,sector`; `group` and `sector` may be missing.
 * A size group of large, mid, TOPIX Core30, TOPIX Large70 or TOPIX Mid400 means the narrow tick table.
 *
 * @throws DayTradeError `data.file-unreadable` with the line and what was expected
 */
export function parseSymbolTable(text: string, file: string): ReadonlyMap<SymbolCode, SymbolTableEntry> {
  const lines = csvLines(text);
  const first = lines.next();
  const header = first.done === true ? [] : csvFields(first.value.text).map((name) => name.trim().toLowerCase());
  const at = (name: string) => header.indexOf(name);
  if (at('symbol') < 0 || at('name') < 0) {
    // Any file can be named as one of symbols, so what is none is not quoted.
    const found = header.length === 1 ? '1 column' : `${header.length || 'no'} columns`;
    throw unreadable(file, `line 1: expected the header symbol,name,group,sector, found ${found} of other names`);
  }
  const table = new Map<SymbolCode, SymbolTableEntry>();
  for (const line of lines) {
    const fields = csvFields(line.text);
    if (fields.length !== header.length) {
      throw unreadable(file, `line ${line.line}: expected ${header.length} fields, found ${fields.length}`);
    }
    const field = (name: string) => fields[at(name)]?.trim() || null;
    const sizeGroup = field('group');
    table.set(symbolAt(field('symbol') ?? '', file, line.line), {
      name: field('name') ?? '',
      sector: field('sector'),
      sizeGroup,
      tickTable: tickTableOf(sizeGroup),
    });
  }
  return table;
}

function symbolAt(text: string, file: string, line: number): SymbolCode {
  try {
    return parseSymbol(text);
  } catch (error) {
    throw unreadable(file, `line ${line}: symbol: expected a code as 7203, 72030 or 7203.T, got "${text}"`, error);
  }
}
