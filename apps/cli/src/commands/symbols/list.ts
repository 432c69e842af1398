import { type LeftOut, type ListedSymbol, routes, type SymbolList } from '@daytrade/contracts';
import { calendarStart } from '@daytrade/market';
import type { CommandDefinition } from '../../define-command.ts';
import { ageInWords } from '../../output/bars-age.ts';
import { count, quantity } from '../../output/format.ts';
import { reportLeftOut } from '../../output/left-out-report.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';
import { programName } from '../../program-name.ts';

export const symbolsListCommand: CommandDefinition = {
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
    const day = { from: calendarStart, to: calendarStart };
    const { symbolsWithout } = await connection.data.call(routes.announcements, { query: day });
    const report = () => [symbolReport(list, damaged), ...withoutResults(list, symbolsWithout)].join('\n');
    printResult(context.terminal, context.json, { ...list, damaged, withoutResults: symbolsWithout }, report);
  },
};

/** Symbols of which no source has days of results; the first are named. */
export function withoutResults(
  { symbols }: Pick<SymbolList, 'symbols'>,
  without: readonly string[],
): readonly string[] {
  if (without.length === 0) return [];
  const more = without.length > mostNamed ? ' …' : '';
  const named = without.length === symbols.length ? 'any symbol' : `${without.slice(0, mostNamed).join(', ')}${more}`;
  return [`No source has days of results of ${named}: see ${programName} import --announcements.`];
}

const mostNamed = 12;

function symbolReport({ symbols, barsAge }: SymbolList, damaged: LeftOut): string {
  if (symbols.length === 0) return `There are no bars yet: ${programName} import FOLDER, or ${programName} fetch`;
  const table = renderTable(
    [
      { title: 'symbol' },
      { title: 'name' },
      { title: 'sector' },
      { title: 'first' },
      { title: 'last' },
      { title: 'bars', align: 'right' },
      { title: 'prices' },
    ],
    symbols.map((entry) => [
      entry.symbol,
      entry.name,
      entry.sector ?? '–',
      entry.firstDate,
      entry.lastDate,
      damaged.some(({ symbol }) => symbol === entry.symbol) ? 'damaged' : count(entry.bars),
      pricesOf(entry),
    ]),
  );
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
  return `${table}\n\n${used}${age}.${alone}${removal}`;
}

function pricesOf({ synthetic, displaced, priceBasis }: ListedSymbol): string {
  if (!synthetic) return priceBasis;
  return displaced ? 'synthetic, displaced' : 'synthetic';
}
