import { routes, type UniverseMembers, universeQuerySchema } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { parseInput } from '../../input.ts';
import { count, quantity } from '../../output/format.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';
import { programName } from '../../program-name.ts';

export const symbolsUniverseCommand: CommandDefinition = {
  usage: 'universe',
  summary: 'show who was listed, or a member of an index, on a day',
  description: `Shows the members of a set of symbols as they were on a day: all that was listed, or an index, with the
bars that are stored of each and its shares by the newest report up to that day. The record is made of files (daytrade
symbols import). Before the first day of which it says something, nobody is a member.`,
  examples: [
    'daytrade symbols universe --on 2024-06-03',
    'daytrade symbols universe --of topix100 --on 2024-06-03 --json',
  ],
  configure: (command) =>
    command
      .option('--on <date>', 'day, YYYY-MM-DD; default: today in Japan')
      .option('--of <universe>', 'listed, topix, topix500, topix100 or nikkei225', 'listed'),
  run: async (context, { options }) => {
    const { on, universe } = universeQuerySchema.shape;
    const query = { on: parseInput(on, options.on, '--on'), universe: parseInput(universe, options.of, '--of') };
    const { data } = await context.connect();
    const members = await data.call(routes.universe, { query });
    printResult(context.terminal, context.json, members, () => membersReport(members));
  },
};

function membersReport({ universe, on, knownFrom, listOf, symbols }: UniverseMembers): string {
  if (symbols.length === 0) {
    // Without one row that says when it began: all of them had begun before anybody knows.
    return knownFrom === null
      ? `Nothing is known of ${universe} on ${on}: ${programName} symbols import FILE`
      : `Nobody is known to have been in ${universe} on ${on}: it is known from ${knownFrom} on.`;
  }
  const table = renderTable(
    [
      { title: 'symbol' },
      { title: 'name' },
      { title: 'from' },
      { title: 'to' },
      { title: 'bars', align: 'right' },
      { title: 'shares', align: 'right' },
    ],
    symbols.map(({ symbol, name, from, to, bars, shares }) => [
      symbol,
      name ?? '–',
      from ?? 'not known',
      to ?? '',
      count(bars),
      shares === null ? '–' : count(shares),
    ]),
  );
  const withoutBars = symbols.filter(({ bars }) => bars === 0).length;
  const list = listOf === null ? '' : `, by the list of ${listOf} and what was imported`;
  const lacking = withoutBars === 0 ? '' : ` ${quantity(withoutBars, 'of them has', 'of them have')} no bars here.`;
  return `${table}\n\n${quantity(symbols.length, 'symbol', 'symbols')} in ${universe} on ${on}${list}.${lacking}`;
}
