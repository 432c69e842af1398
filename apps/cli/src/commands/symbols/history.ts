import { routes, type SymbolHistory } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { count } from '../../output/format.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';
import { programName } from '../../program-name.ts';

export const symbolsHistoryCommand: CommandDefinition = {
  usage: 'history <symbol>',
  summary: 'show when a symbol was listed and a member of what, its shares by date, and codes that followed it',
  description: `Shows what is known of a symbol by date: when it was listed, of which indices it was a member, how many
shares it had by which report, and which code it became or came from. Bars of an old code stay under that code: what a
holder was given for it is another share, traded from another day on, so no price of the one is a price of the other.`,
  examples: ['daytrade symbols history 7203', 'daytrade symbols history 9437 --json'],
  run: async (context, { args }) => {
    const { data } = await context.connect();
    const history = await data.call(routes.symbolHistory, { params: { symbol: String(args[0]) } });
    printResult(context.terminal, context.json, history, () => historyReport(history));
  },
};

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
  return renderTable(
    [{ title: 'in' }, { title: 'from' }, { title: 'to' }, { title: 'why it ended' }, { title: 'source' }],
    spans.map(({ universe, from, to, reason, source }) => [
      universe,
      from ?? 'not known',
      to ?? '',
      reason ?? (to === null ? '' : '–'),
      source,
    ]),
  );
}

function sharesTable(shares: SymbolHistory['shares']): string {
  return renderTable(
    [{ title: 'known on' }, { title: 'shares', align: 'right' }, { title: 'of' }, { title: 'source' }],
    shares.map(({ date, periodEnd, shares: number, source }) => [date, count(number), periodEnd, source]),
  );
}

function inBrackets(reason: string | null): string {
  return reason === null ? '' : ` (${reason})`;
}
