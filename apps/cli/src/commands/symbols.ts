import { basename, resolve } from 'node:path';
import {
  type LeftOut,
  type ListedSymbol,
  mostUniverseFileBytes,
  type PriceFactor,
  routes,
  type SymbolHealth,
  type SymbolList,
  type UniverseImport,
} from '@daytrade/contracts';
import type { CommandDefinition, CommandGroup } from '../define-command.ts';
import { say } from '../language/language.ts';
import { ageInWords, count, japanClock, quantity } from '../output/format.ts';
import { facts, right, table } from '../output/table.ts';
import { printNote, printResult, reportLeftOut } from '../output/terminal.ts';
import { programName } from '../program-name.ts';
import { readImportFile, readInWords, rowInWords } from './import-series.ts';
import { history, universe } from './symbols-history.ts';
import { select, selections } from './symbols-select.ts';

const list: CommandDefinition = {
  usage: 'list',
  summary: 'show the symbols that have bars',
  description: `Shows every symbol with bars: name, sector, first and last session, price basis; and which bars are
damaged. Below the table it shows how old the newest bar is. Synthetic symbols beside real ones are displaced: they are
no longer used.`,
  examples: ['daytrade symbols list'],
  run: async (context) => {
    const connection = await context.connect();
    const list = await connection.data.call(routes.symbols);
    const { damaged } = await connection.data.call(routes.damagedSymbols);
    reportLeftOut(context.terminal, damaged);
    printResult(context, { ...list, damaged }, () => listReport(list, damaged));
  },
};

function listReport({ symbols, barsAge }: SymbolList, damaged: LeftOut): string {
  if (symbols.length === 0) return say`There are no bars yet: ${programName} import FOLDER, or ${programName} fetch`;
  const rows = table(symbols, {
    symbol: ({ symbol }) => symbol,
    name: ({ name }) => name,
    sector: ({ sector }) => sector,
    first: ({ firstDate }) => firstDate,
    last: ({ lastDate }) => lastDate,
    bars: right(({ symbol, bars }) => (damaged.some((one) => one.symbol === symbol) ? say`damaged` : bars)),
    prices: pricesOf,
  });
  const displaced = symbols.filter((entry) => entry.displaced).length;
  const others = symbols.filter((entry) => entry.bars === 0).length;
  const inUse = symbols.length - displaced - others;
  const used = quantity(inUse, 'symbol');
  const age = barsAge && (ageInWords(barsAge) ?? say`bars to ${barsAge.newest}, the last finished session`);
  return [
    rows,
    '',
    age === null ? say`${used} in use.` : say`${used} in use: ${age}.`,
    ...(others === 0 ? [] : [say`${quantity(others, 'symbol')} more with 5-minute bars and no daily bars: not used.`]),
    ...(displaced === 0
      ? []
      : [
          say(
            'Real symbols displace {0}; to remove: {1} symbols remove --synthetic --yes',
            quantity(displaced, 'synthetic symbol'),
            programName,
          ),
        ]),
  ].join('\n');
}

function pricesOf({ synthetic, displaced, priceBasis }: ListedSymbol): string {
  if (!synthetic) return say(priceBasis);
  return displaced ? say`synthetic, displaced` : say`synthetic`;
}

const show: CommandDefinition = {
  usage: 'show <symbol>',
  summary: 'show one symbol with its splits and dividends',
  description: `Shows what is known of one symbol: name, sector, size group, daily and 5-minute bars, and the splits and
dividends that its source gave with the bars, each with the first session of the new prices. J-Quants gives both on
every plan, CSV files dividends where they have adjclose or a column of dividends.`,
  examples: ['daytrade symbols show 7203'],
  run: async (context, { args }) => {
    const { data } = await context.connect();
    const { symbol, factors } = await data.call(routes.priceFactors, { params: { symbol: String(args[0]) } });
    const info = (await data.call(routes.symbols)).symbols.find((listed) => listed.symbol === symbol);
    const [health] = (await data.call(routes.dataHealth, { query: { symbol } })).symbols;
    const intraday = health?.intraday ?? null;
    const shown = { ...info, symbol, intraday, factors };
    printResult(context, shown, () => detailReport(info, intraday, factors));
  },
};

function detailReport(
  info: ListedSymbol | undefined,
  intraday: SymbolHealth['intraday'],
  factors: readonly PriceFactor[],
): string {
  const lines = info === undefined ? [] : aboutSymbol(info, intraday);
  if (factors.length === 0) return [...lines, say`No splits or dividends are known.`].join('\n');
  const rows = table(factors, {
    from: ({ date }) => date,
    what: factorInWords,
    'known on': ({ knownOn }) => knownOn,
    source: ({ source }) => source,
  });
  return [...lines, '', rows].join('\n');
}

function aboutSymbol(info: ListedSymbol, intraday: SymbolHealth['intraday']): string[] {
  const { symbol, name, sector, sizeGroup, bars, firstDate, lastDate, priceBasis, lot } = info;
  const lines = facts([
    ['  sector', sector ?? '–'],
    ['  size group', sizeGroup ?? '–'],
    ['  unit', say`${count(lot)} shares`],
    ['  bars', say`${count(bars)}, ${firstDate} to ${lastDate}, prices ${say(priceBasis)}`],
    ['  5-minute', intraday === null ? undefined : intradayInWords(intraday)],
  ]);
  return [`${symbol}  ${name}`, lines];
}

function intradayInWords({ bars, sessions, firstDate, lastBar }: NonNullable<SymbolHealth['intraday']>): string {
  const newest = japanClock(lastBar);
  return say`${count(bars)}, ${count(sessions)} sessions from ${firstDate}, the newest bar ended ${newest}`;
}

/** Describes a factor, as "split 5:1": five shares in the place of one. */
function factorInWords({ kind, value }: PriceFactor): string {
  if (kind === 'dividend') return say`dividend of ${value} yen`;
  const digits = (ratio: number) => String(Number(ratio.toFixed(4)));
  return value < 1 ? say`split ${digits(1 / value)}:1` : say`reverse split 1:${digits(value)}`;
}

const importListings: CommandDefinition = {
  usage: 'import <file>',
  summary: 'take listings, index memberships, successions and shares by date out of a CSV file',
  description: `Reads who was listed and a member of an index when, so that training, evaluation and backtest
can go by the members of each session (--universe). The header names the columns, in any order: kind, symbol, from, to,
universe, successor, ratio, shares, reason; only the first three are needed. Each row is one of

listing: the symbol was listed from "from" to "to", both included. An empty "to" says that it still is, an empty "from"
that the beginning is not known; "reason" may say why it ended.

member: it was a member of "universe" on these days: topix, topix500, topix100 or nikkei225.

succession: from "from" on its code is gone, and each share is "ratio" shares (default 1) of "successor".

shares: from "from" on it had "shares" shares outstanding.

With a bad row nothing is written, every bad row is named, and the exit code is 2. What earlier files said of the same
symbol and set is replaced, so a file can be corrected and imported again; the same file again changes nothing.`,
  examples: ['daytrade symbols import listings.csv --dry-run', 'daytrade symbols import listings.csv --json'],
  configure: (command) => command.option('--dry-run', 'read and judge everything, write nothing'),
  run: async (context, { args, options }) => {
    const path = resolve(String(args[0]));
    const bytes = await readImportFile(path, 'listings', mostUniverseFileBytes);
    const { data } = await context.connect();
    const query = { file: basename(path), dryRun: options.dryRun === true ? 'true' : 'false' } as const;
    const result = await data.call(routes.importUniverse, { query, bytes });
    for (const { message } of result.faults) printNote(context.terminal, rowInWords(message));
    if (result.faults.length > 0) process.exitCode = 2;
    printResult(context, result, () => importReport(result));
  },
};

function importReport({ file, rows, added, unchanged, removed, faults, written, dryRun }: UniverseImport): string {
  const head = readInWords(file, rows, faults.length);
  if (faults.length > 0) return head;
  const [more, other, same] = [count(added), count(removed), count(unchanged)];
  const counts = dryRun
    ? say`${more} would be added, ${other} would be replaced, ${same} the same.`
    : say`${more} added, ${other} replaced, ${same} the same.`;
  return [head, counts, ...(written ? [] : [say`Nothing was written.`])].join('\n');
}

const remove: CommandDefinition = {
  usage: 'remove',
  summary: 'remove the synthetic symbols and what was made from them',
  description: `Removes every synthetic symbol with its bars, predictions and quarantined rows. Real symbols are never
removed. Models that were trained on synthetic bars stay in the registry, labelled as such.

Only "daytrade fetch synthetic", or "daytrade up" on a state folder without any bars, makes synthetic symbols again.`,
  examples: ['daytrade symbols remove --synthetic --yes'],
  configure: (command) =>
    command
      .requiredOption('--synthetic', 'remove the synthetic symbols; nothing else can be removed')
      .requiredOption('--yes', 'confirm the removal'),
  run: async (context) => {
    const { data } = await context.connect();
    const removed = await data.call(routes.removeSymbols, { query: { synthetic: 'true' } });
    const [gone, bars] = [count(removed.symbols.length), count(removed.bars)];
    const [made, rows] = [count(removed.predictions), count(removed.quarantine)];
    printResult(
      context,
      { removed: true, ...removed },
      () => say`Removed ${gone} synthetic symbols: ${bars} daily bars, ${made} predictions, ${rows} quarantined rows.`,
    );
  },
};

export const symbolsGroup: CommandGroup = {
  name: 'symbols',
  summary: 'symbols with bars, and the selection among them',
  commands: [list, show, select, selections, history, universe, importListings, remove],
};
