import { readFileSync } from 'node:fs';
import type { SymbolCode } from '@daytrade/market';
import { parseSymbolTable, type SymbolTableEntry } from '../csv/symbol-table.ts';

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
