import { type ListedSymbol, type PriceFactor, routes, type SymbolHealth } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { count, japanClock } from '../../output/format.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';

export const symbolsShowCommand: CommandDefinition = {
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
    printResult(context.terminal, context.json, shown, () => report(info, intraday, factors));
  },
};

function report(
  info: ListedSymbol | undefined,
  intraday: SymbolHealth['intraday'],
  factors: readonly PriceFactor[],
): string {
  const lines = info === undefined ? [] : [...aboutSymbol(info), ...aboutIntraday(intraday)];
  if (factors.length === 0) return [...lines, 'No splits or dividends are known.'].join('\n');
  const table = renderTable(
    [{ title: 'from' }, { title: 'what' }, { title: 'known on' }, { title: 'source' }],
    factors.map((factor) => [factor.date, inWords(factor), factor.knownOn, factor.source]),
  );
  return [...lines, '', table].join('\n');
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

/** As "split 5:1": five shares in the place of one. */
function inWords({ kind, value }: PriceFactor): string {
  if (kind === 'dividend') return `dividend of ${value} yen`;
  const digits = (ratio: number) => String(Number(ratio.toFixed(4)));
  return value < 1 ? `split ${digits(1 / value)}:1` : `reverse split 1:${digits(value)}`;
}
