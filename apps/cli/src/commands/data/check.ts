import { type IndexEntry, routes } from '@daytrade/contracts';
import { dataHealth } from '../../data-health.ts';
import type { CommandDefinition } from '../../define-command.ts';
import { healthReport } from '../../output/health-report.ts';
import { indexTable } from '../../output/index-report.ts';
import { printResult } from '../../output/terminal.ts';
import { programName } from '../../program-name.ts';

export const dataCheckCommand: CommandDefinition = {
  usage: 'check [symbols...]',
  summary: 'show what the bars of each symbol lack, and what to do about it',
  description: `Reads all of every file of daily bars, compares it with the exchange's calendar and with what the
quality gate kept out, and shows the symbols that need attention, the worst first: a damaged file, sessions without a
bar, bars that end before those of other symbols, rows that were wrong. Sessions of which a row was kept out are
counted apart: of these it is known why there is no bar.

Below them it lists the index series (daytrade import --index): up to which day each has values, and which day it
could have by now. No series is required.

For each symbol it shows the price basis, how many 5-minute bars there are beside the daily ones, and from which
provider the bars came and when. Ends with exit code 5 when a symbol needs attention; \`daytrade fetch --repair\` asks
again for what is missing.`,
  examples: ['daytrade data check', 'daytrade data check 7203 6758 --json'],
  configure: (command) => command.option('--all', 'show the symbols that need nothing too'),
  run: async (context, { args, options }) => {
    const connection = await context.connect();
    const health = await dataHealth(connection, args);
    const { indices } = await connection.data.call(routes.indices);
    if (health.symbols.some(({ concerns }) => concerns.length > 0)) process.exitCode = 5;
    const showsAll = options.all === true || args.length > 0;
    printResult(context.terminal, context.json, { ...health, indices }, () =>
      [healthReport(health, showsAll), ...(args.length > 0 ? [] : [indexReport(indices)])].join('\n\n'),
    );
  },
};

function indexReport(indices: readonly IndexEntry[]): string {
  const present = indices.filter(({ state }) => state !== 'absent');
  if (present.length > 0) return indexTable(indices);
  return `There are no index series: ${programName} import --index nasdaq FILE brings one in.`;
}
