import { routes, type SymbolHistory, type UniverseMembers } from '@daytrade/contracts';
import { say } from '../language/language.ts';
import { count, quantity } from '../output/format.ts';
import { facts, right, table } from '../output/table.ts';
import { programName } from '../program-name.ts';
import { command } from '../route-command.ts';

export const history = command(routes.symbolHistory, {
  usage: 'history <symbol>',
  summary: 'show when a symbol was listed and a member of what, its shares by date, and codes that followed it',
  description: `Shows what is known of a symbol by date: when it was listed, of which indices it was a member, how many
shares it had by which report, and which code it became or came from. Bars of an old code stay under that code: what a
holder was given for it is another share, traded from another day on, so no price of the one is a price of the other.`,
  examples: ['daytrade symbols history 7203', 'daytrade symbols history 9437 --json'],
  text: historyReport,
});

function historyReport({ symbol, name, spans, became, was, shares, bars }: SymbolHistory): string {
  const shared = (ratio: number, code: string) =>
    ratio === 1 ? say`one share of ${code}` : say`${ratio} shares of ${code}`;
  const lines = [
    `${symbol}  ${name ?? ''}`.trimEnd(),
    facts(
      [
        [
          '  stored',
          bars === null ? say`no bars` : say`${count(bars.bars)} bars, ${bars.firstDate} to ${bars.lastDate}`,
        ],
        ...became.map(
          ({ date, successor, ratio, reason }) =>
            ['  ended', `${say`${date}: each share became ${shared(ratio, successor)}`}${inBrackets(reason)}`] as const,
        ),
        ...was.map(
          ({ date, symbol: old, ratio, reason }) =>
            [
              '  took over',
              `${say`${date}: each share of ${old} became ${shared(ratio, symbol)}`}${inBrackets(reason)}`,
            ] as const,
        ),
      ],
      14,
    ),
  ];
  if (spans.length === 0) lines.push('', say`Nothing is known of its listing: ${programName} symbols import FILE`);
  else lines.push('', spanTable(spans));
  if (shares.length > 0) lines.push('', sharesTable(shares));
  return lines.join('\n');
}

function spanTable(spans: SymbolHistory['spans']): string {
  return table(spans, {
    in: ({ universe: name }) => say(name),
    from: ({ from }) => from ?? say`not known`,
    to: ({ to }) => to ?? '',
    'why it ended': ({ to, reason }) => reason ?? (to === null ? '' : '–'),
    source: ({ source }) => source,
  });
}

function sharesTable(shares: SymbolHistory['shares']): string {
  return table(shares, {
    'known on': ({ date }) => date,
    shares: right((report) => report.shares),
    of: ({ periodEnd }) => periodEnd,
    source: ({ source }) => source,
  });
}

function inBrackets(reason: string | null): string {
  return reason === null ? '' : ` (${reason})`;
}

export const universe = command(routes.universe, {
  usage: 'universe',
  summary: 'show who was listed, or a member of an index, on a day',
  description: `Shows the members of a set of symbols as they were on a day: all that was listed, or an index, with the
stored bars of each and its shares by the newest report up to that day. The record is made of files
(daytrade symbols import). Before its first day it has no members.`,
  examples: [
    'daytrade symbols universe --on 2024-06-03',
    'daytrade symbols universe --of topix100 --on 2024-06-03 --json',
  ],
  options: { on: {}, universe: { flag: 'of', help: 'listed, topix, topix500, topix100 or nikkei225' } },
  text: membersReport,
});

/** Lists the members of a set on a day, or says why there are none. */
export function membersReport({ universe: name, on, knownFrom, listOf, symbols }: UniverseMembers): string {
  const said = say(name);
  if (symbols.length === 0) {
    // No row says when it began, so the record begins with all of them.
    return knownFrom === null
      ? say`Nothing is known of ${said} on ${on}: ${programName} symbols import FILE`
      : say`Nobody is known to have been in ${said} on ${on}: it is known from ${knownFrom} on.`;
  }
  const rows = table(symbols, {
    symbol: ({ symbol }) => symbol,
    name: (member) => member.name,
    from: ({ from }) => from ?? say`not known`,
    to: ({ to }) => to ?? '',
    bars: right(({ bars }) => bars),
    shares: right(({ shares }) => shares),
  });
  const withoutBars = symbols.filter(({ bars }) => bars === 0).length;
  const many = quantity(symbols.length, 'symbol');
  const counted =
    listOf === null
      ? say`${many} in ${said} on ${on}.`
      : say`${many} in ${said} on ${on}, by the list of ${listOf} and what was imported.`;
  const lacking = withoutBars === 0 ? '' : say` ${quantity(withoutBars, 'of them has', 'of them have')} no bars here.`;
  return `${rows}\n\n${counted}${lacking}`;
}
