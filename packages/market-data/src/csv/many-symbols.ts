import { setImmediate as turn } from 'node:timers/promises';
import type { SymbolCode } from '@daytrade/market';
import { type BarTable, openBarTable, symbolOf } from './bar-table.ts';
import { type CsvLine, csvFields, csvLines, lineAt } from './csv-lines.ts';

/** Lines that are looked at before others get a turn. */
const linesAtOnce = 20_000;
/** Symbols that a message names at most. */
const namedAtMost = 3;

/** A text of many symbols' bars: long, with a column of codes, or wide, with the columns of each side by side. */
export interface ManySymbols {
  readonly table: BarTable;
  readonly symbols: readonly SymbolCode[];
  /** Codes that are none of the exchange, each as it was written, with its rows. */
  readonly strangers: ReadonlyMap<string, number>;
  /** The rows of a symbol, from the first one on each time, and how many there are at most. */
  linesOf(symbol: SymbolCode): { readonly lines: () => Iterable<CsvLine>; readonly capacity: number };
}

/**
 * Finds which symbols a text holds; undefined where nothing in it says so.
 *
 * @throws DayTradeError `data.file-unreadable` when it is not a table of bars; the reason of the signal
 */
export async function findSymbols(text: string, file: string, signal?: AbortSignal): Promise<ManySymbols | undefined> {
  const table = openBarTable(text, file);
  if (table.sideBySide.size > 0) return wide(table);
  return table.code === undefined ? undefined : await long(table, table.code, signal);
}

function wide(table: BarTable): ManySymbols {
  const rows = [...csvLines(table.text, table.body)].length;
  const lines = () => csvLines(table.text, table.body);
  const symbols = [...table.sideBySide.keys()];
  return { table, symbols, strangers: new Map(), linesOf: () => ({ lines, capacity: rows }) };
}

async function long(table: BarTable, code: number, signal?: AbortSignal): Promise<ManySymbols> {
  /** Of each symbol, where its rows begin and which lines they are, in turn. */
  const places = new Map<SymbolCode, number[]>();
  const known = new Map<string, number[] | undefined>();
  const strangers = new Map<string, number>();
  for (const { text, line, start } of csvLines(table.text, table.body)) {
    if (line % linesAtOnce === 0) {
      signal?.throwIfAborted();
      await turn();
    }
    const written = (csvFields(text, table.separator)[code] ?? '').trim();
    if (!known.has(written)) known.set(written, placesOf(places, written));
    const own = known.get(written);
    if (own === undefined) strangers.set(written, (strangers.get(written) ?? 0) + 1);
    else own.push(start, line);
  }
  function* lines(own: readonly number[]): Generator<CsvLine> {
    for (let i = 0; i < own.length; i += 2) {
      yield { start: own[i]!, line: own[i + 1]!, text: lineAt(table.text, own[i]!).text };
    }
  }
  return {
    table,
    symbols: [...places.keys()].sort(),
    strangers,
    linesOf: (symbol) => {
      const own = places.get(symbol) ?? [];
      return { lines: () => lines(own), capacity: own.length / 2 };
    },
  };
}

/** The places of a code's symbol, which may be written in several ways; undefined for a code that is none. */
function placesOf(places: Map<SymbolCode, number[]>, written: string): number[] | undefined {
  const symbol = symbolOf(written);
  if (symbol === undefined) return undefined;
  const own = places.get(symbol) ?? [];
  places.set(symbol, own);
  return own;
}

/** What is wrong with the codes of a file that is named for one symbol; undefined when all of them are it. */
export function codeFault(table: BarTable, symbol: SymbolCode): string | undefined {
  if (table.code === undefined) return undefined;
  const others = new Set<string>();
  for (const { text } of csvLines(table.text, table.body)) {
    const written = (csvFields(text, table.separator)[table.code] ?? '').trim();
    if (!others.has(written) && symbolOf(written) !== symbol) others.add(written);
    if (others.size > namedAtMost) break;
  }
  if (others.size === 0) return undefined;
  const named = [...others].slice(0, namedAtMost).map((each) => JSON.stringify(each));
  return (
    `it is named for ${symbol}, but holds rows of ` +
    `${named.join(', ')}${others.size > namedAtMost ? ' and others' : ''}`
  );
}
