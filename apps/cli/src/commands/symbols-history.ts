import { routes, type SymbolHistory, type UniverseMembers } from '@daytrade/contracts';
import { count, quantity } from '../output/format.ts';
import { right, table } from '../output/table.ts';
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
  const stored = bars === null ? 'no bars' : `${count(bars.bars)} bars, ${bars.firstDate} to ${bars.lastDate}`;
  const lines = [`${symbol}  ${name ?? ''}`.trimEnd(), `  stored      ${stored}`];
  const given = (ratio: number, code: string) => `${ratio === 1 ? 'one share' : `${ratio} shares`} of ${code}`;
  for (const { date, successor, ratio, reason } of became) {
    lines.push(`  ended       ${date}: each share became ${given(ratio, successor)}${inBrackets(reason)}`);
  }
  for (const { date, symbol: old, ratio, reason } of was) {
    lines.push(`  took over   ${date}: each share of ${old} became ${given(ratio, symbol)}${inBrackets(reason)}`);
  }
  if (spans.length === 0) lines.push('', `Nothing is known of its listing: ${programName} symbols import FILE`);
  else lines.push('', spanTable(spans));
  if (shares.length > 0) lines.push('', sharesTable(shares));
  return lines.join('\n');
}

function spanTable(spans: SymbolHistory['spans']): string {
  return table(spans, {
    in: ({ universe: name }) => name,
    from: ({ from }) => from ?? 'not known',
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

function membersReport({ universe: name, on, knownFrom, listOf, symbols }: UniverseMembers): string {
  if (symbols.length === 0) {
    // No row says when it began, so the record begins with all of them.
    return knownFrom === null
      ? `Nothing is known of ${name} on ${on}: ${programName} symbols import FILE`
      : `Nobody is known to have been in ${name} on ${on}: it is known from ${knownFrom} on.`;
  }
  const rows = table(symbols, {
    symbol: ({ symbol }) => symbol,
    name: (member) => member.name,
    from: ({ from }) => from ?? 'not known',
    to: ({ to }) => to ?? '',
    bars: right(({ bars }) => bars),
    shares: right(({ shares }) => shares),
  });
  const withoutBars = symbols.filter(({ bars }) => bars === 0).length;
  const list = listOf === null ? '' : `, by the list of ${listOf} and what was imported`;
  const lacking = withoutBars === 0 ? '' : ` ${quantity(withoutBars, 'of them has', 'of them have')} no bars here.`;
  return `${rows}\n\n${quantity(symbols.length, 'symbol', 'symbols')} in ${name} on ${on}${list}.${lacking}`;
}
