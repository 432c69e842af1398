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
import { wrongInput } from '../input.ts';
import { ageInWords, count, japanClock, quantity } from '../output/format.ts';
import { right, table } from '../output/table.ts';
import { printNote, printResult, reportLeftOut } from '../output/terminal.ts';
import { programName } from '../program-name.ts';
import { readImportFile } from './import-series.ts';
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
    printResult(context.terminal, context.json, { ...list, damaged }, () => listReport(list, damaged));
  },
};

function listReport({ symbols, barsAge }: SymbolList, damaged: LeftOut): string {
  if (symbols.length === 0) return `There are no bars yet: ${programName} import FOLDER, or ${programName} fetch`;
  const rows = table(symbols, {
    symbol: ({ symbol }) => symbol,
    name: ({ name }) => name,
    sector: ({ sector }) => sector,
    first: ({ firstDate }) => firstDate,
    last: ({ lastDate }) => lastDate,
    bars: right(({ symbol, bars }) => (damaged.some((one) => one.symbol === symbol) ? 'damaged' : bars)),
    prices: pricesOf,
  });
  const displaced = symbols.filter((entry) => entry.displaced).length;
  const others = symbols.filter((entry) => entry.bars === 0).length;
  const inUse = symbols.length - displaced - others;
  const used = `${quantity(inUse, 'symbol')} in use`;
  const alone =
    others === 0 ? '' : `\n${quantity(others, 'symbol')} more with 5-minute bars and no daily bars: not used.`;
  const age =
    barsAge === null ? '' : `: ${ageInWords(barsAge) ?? `bars to ${barsAge.newest}, the last finished session`}`;
  const removal =
    displaced === 0
      ? ''
      : `\nReal symbols displace ${quantity(displaced, 'synthetic symbol')}; to remove: ` +
        `${programName} symbols remove --synthetic`;
  return `${rows}\n\n${used}${age}.${alone}${removal}`;
}

function pricesOf({ synthetic, displaced, priceBasis }: ListedSymbol): string {
  if (!synthetic) return priceBasis;
  return displaced ? 'synthetic, displaced' : 'synthetic';
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
    printResult(context.terminal, context.json, shown, () => detailReport(info, intraday, factors));
  },
};

function detailReport(
  info: ListedSymbol | undefined,
  intraday: SymbolHealth['intraday'],
  factors: readonly PriceFactor[],
): string {
  const lines = info === undefined ? [] : [...aboutSymbol(info), ...aboutIntraday(intraday)];
  if (factors.length === 0) return [...lines, 'No splits or dividends are known.'].join('\n');
  const rows = table(factors, {
    from: ({ date }) => date,
    what: factorInWords,
    'known on': ({ knownOn }) => knownOn,
    source: ({ source }) => source,
  });
  return [...lines, '', rows].join('\n');
}

function aboutSymbol({ symbol, name, sector, sizeGroup, bars, firstDate, lastDate, priceBasis, lot }: ListedSymbol) {
  return [
    `${symbol}  ${name}`,
    `  sector      ${sector ?? '–'}`,
    `  size group  ${sizeGroup ?? '–'}`,
    `  lot         ${count(lot)} shares`,
    `  bars        ${count(bars)}, ${firstDate} to ${lastDate}, prices ${priceBasis}`,
  ];
}

function aboutIntraday(intraday: SymbolHealth['intraday']): string[] {
  if (intraday === null) return [];
  const { bars, sessions, firstDate, lastBar } = intraday;
  const range = `${count(sessions)} sessions from ${firstDate}, the newest bar ended ${japanClock(lastBar)}`;
  return [`  5-minute    ${count(bars)}, ${range}`];
}

/** Describes a factor, as "split 5:1": five shares in the place of one. */
function factorInWords({ kind, value }: PriceFactor): string {
  if (kind === 'dividend') return `dividend of ${value} yen`;
  const digits = (ratio: number) => String(Number(ratio.toFixed(4)));
  return value < 1 ? `split ${digits(1 / value)}:1` : `reverse split 1:${digits(value)}`;
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
    for (const { message } of result.faults) printNote(context.terminal, message);
    if (result.faults.length > 0) process.exitCode = 2;
    printResult(context.terminal, context.json, result, () => importReport(result));
  },
};

function importReport({ file, rows, added, unchanged, removed, faults, written, dryRun }: UniverseImport): string {
  const head = `${file}: ${quantity(rows, 'row')}, ${quantity(faults.length, 'bad one', 'bad ones')}.`;
  if (faults.length > 0) return `${head}\nNothing was written: correct what is named above and import it again.`;
  const would = dryRun ? 'would be ' : '';
  const counts = `${count(added)} ${would}added, ${count(removed)} ${would}replaced, ${count(unchanged)} the same.`;
  return [head, counts, ...(written ? [] : ['Nothing was written.'])].join('\n');
}

const remove: CommandDefinition = {
  usage: 'remove',
  summary: 'remove the synthetic symbols and what was made from them',
  description: `Removes every synthetic symbol with its bars, predictions and quarantined rows. Real symbols are never
removed. Models that were trained on synthetic bars stay in the registry, labelled as such.

Without --yes it shows what it would remove, and removes nothing. Only "daytrade fetch synthetic", or "daytrade up" on a
state folder without any bars, makes synthetic symbols again.`,
  examples: ['daytrade symbols remove --synthetic', 'daytrade symbols remove --synthetic --yes'],
  configure: (command) =>
    command
      .option('--synthetic', 'remove the synthetic symbols; nothing else can be removed')
      .option('--yes', 'confirm the removal'),
  run: async (context, { options }) => {
    if (options.synthetic !== true)
      throw wrongInput('--synthetic', 'expected it, as only synthetic symbols can be removed');
    const { data } = await context.connect();
    if (options.yes === true) {
      const removed = await data.call(routes.removeSymbols, { query: { synthetic: 'true' } });
      const { symbols, bars, predictions, quarantine } = removed;
      printResult(
        context.terminal,
        context.json,
        { removed: true, ...removed },
        () =>
          `Removed ${count(symbols.length)} synthetic symbols: ${count(bars)} daily bars, ${count(predictions)} ` +
          `predictions, ${count(quarantine)} quarantined rows.`,
      );
      return;
    }
    const synthetic = (await data.call(routes.symbols)).symbols.filter((symbol) => symbol.synthetic);
    const bars = synthetic.reduce((sum, symbol) => sum + symbol.bars, 0);
    const symbols = synthetic.map(({ symbol }) => symbol);
    printResult(context.terminal, context.json, { removed: false, symbols, bars }, () =>
      symbols.length === 0
        ? 'There are no synthetic symbols.'
        : `Would remove ${count(symbols.length)} synthetic symbols with ${count(bars)} daily bars, their ` +
          'predictions and quarantined rows. Nothing was removed: add --yes.',
    );
  },
};

export const symbolsGroup: CommandGroup = {
  name: 'symbols',
  summary: 'symbols with bars, and the selection among them',
  commands: [list, show, select, selections, history, universe, importListings, remove],
};
