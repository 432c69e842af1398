import { parseResult, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition } from '../define-command.ts';
import { fetchRequest } from '../fetch-request.ts';
import { fetchReport } from '../output/fetch-report.ts';
import { printNote, printResult } from '../output/terminal.ts';
import { repair } from '../repair.ts';
import { watchRun } from '../watch-run.ts';
import { runImport } from './import.ts';

/** Options of a fetch that a repair does not take: it asks as the bars were asked for before. */
const notOfRepair =
  'universe formerMembers listingsFrom basis unofficial minuteSessions count seed fiveMinuteSessions to'.split(' ');

export const fetchCommand: CommandDefinition = {
  usage: 'fetch [provider]',
  summary: 'fetch bars from a provider',
  description: `Fetches bars from a provider: "jquants", "yahoo", "csv" or "synthetic". Without one it is that of
DAYTRADE_PROVIDER, which \`daytrade setup\` sets. Synthetic bars are made only when they are asked for by name; real
bars displace them in training, selection and predictions.

jquants: daily bars of J-Quants, the data service of the exchange. It needs an API key in DAYTRADE_JQUANTS_API_KEY, or
in the file of DAYTRADE_JQUANTS_API_KEY_FILE, and the plan in DAYTRADE_JQUANTS_PLAN. Only what is not stored yet is
asked for, so the same command is the update of every day. Prices are adjusted for splits, not for dividends; with
--basis traded they are those that were traded. Dividends are kept beside them, out of the reports of companies; the
premium plan has notices of dividends too. The plans give 2, 5, 10 and 20 years of history. The free plan allows
5 requests a minute, two hours for the TOPIX500, and holds bars back for 12 weeks; from the light plan on files of
whole months are read, which takes about two. With the add-on for minute bars, --minute-sessions or
DAYTRADE_JQUANTS_MINUTE_SESSIONS says of how many of the newest sessions they are fetched, as 5-minute bars. J-Quants
has them after the session, so that forecasts within a running day need another source. Ends with exit code 2 when a
symbol was refused; the others are kept all the same.

Each fetch from J-Quants writes down who is listed and a member of which index, for \`symbols universe\`; with
--listings-from also who was on the first session of each month from that day on, a request each, as far as it is not
known. With --former-members the bars come too of who was a member on one of the days and has left since, and updates
go on with them. A symbol that is listed no more is asked for up to its last session, and then not again.

yahoo: daily bars of Yahoo Finance, an unofficial source in your own responsibility: it promises nothing, and its terms
say what may be done with its data. It is off until DAYTRADE_YAHOO_USE is on, or --unofficial says so for one fetch. It
takes codes, one request each, and has no members of an index. Splits and dividends come with the bars.

csv: the folder DAYTRADE_CSV_FOLDER, as \`daytrade import\` reads it.

synthetic: the seeded synthetic exchange makes bars with the exchange's calendar, ticks, lots and limits, volatility
clusters and a weak known signal; beside the daily bars those of 5 minutes of the newest sessions, of a running one
those that have ended. Everything made from them is labelled synthetic.

--repair asks again for what "data check" shows as damaged, missing or late, from the source that gave the bars:
J-Quants or Yahoo for the symbols, the folders that were imported, the synthetic exchange. With --symbols it asks for
these, whatever is known of them, and with --from for all days from that one on; so a provider's restated bars come in.
Of a damaged file every bar is asked for. What a source does not have stays missing, and the command then ends with exit
code 5; no bar is made up.`,
  examples: [
    'daytrade fetch',
    'daytrade fetch jquants --symbols 7203,6758,9984',
    'daytrade fetch jquants --universe topix100',
    'daytrade fetch jquants --universe topix500 --former-members --listings-from 2021-01-04',
    'daytrade fetch yahoo --symbols 7203,6758 --unofficial',
    'daytrade fetch synthetic --count 60 --from 2023-01-04 --seed 7',
    'daytrade fetch --repair',
    'daytrade fetch --repair --symbols 7203 --from 2026-01-05',
  ],
  configure: (command) =>
    command
      .option('--repair', 'ask again for damaged, missing or late bars, from the source that gave them')
      .option('--symbols <codes>', 'jquants, yahoo, --repair: codes with commas between them, as 7203,6758')
      .option('--universe <name>', "jquants: today's members of topix100 or topix500; default: DAYTRADE_UNIVERSE")
      .option('--former-members', 'jquants: also members of these days who have left since')
      .option('--listings-from <date>', 'jquants: also read who was listed, month by month from this day on')
      .option('--basis <basis>', 'jquants, yahoo: traded, or split-adjusted, which is the default')
      .option('--unofficial', 'yahoo: known to be an unofficial source, for this fetch')
      .option('--minute-sessions <number>', 'jquants: newest sessions with minute bars, which need the add-on')
      .option('--count <symbols>', 'synthetic: number of symbols; default: 40')
      .option('--seed <number>', 'synthetic: the same seed makes the same bars; default: 20241105')
      .option('--five-minute-sessions <number>', 'synthetic: newest sessions with 5-minute bars; default: 120')
      .option('--from <date>', 'first session, YYYY-MM-DD; default: the first that the provider has')
      .option('--to <date>', 'last session, YYYY-MM-DD; default: the newest that the provider has'),
  run: async (context, { args, options }) => {
    if (options.repair === true) {
      const other = args[0] ?? notOfRepair.find((name) => options[name] !== undefined);
      if (other !== undefined)
        throw new DayTradeError(
          'input.invalid',
          `--repair: expected --symbols and --from alone beside it, got ${other}`,
          {
            details: { field: '--repair', value: other },
          },
        );
      return await repair(context, options);
    }
    const body = fetchRequest(args[0], options, context.settings);
    if (body.provider === 'csv') {
      await runImport(context, { folder: String(body.folder), symbolsFile: undefined, priceBasis: undefined });
      return;
    }
    const connection = await context.connect();
    const { run } = await connection.data.call(routes.startFetch, { body });
    const result = parseResult('fetch', await watchRun(context, connection, run, 'fetch'));
    for (const { message } of result.filesRefused) printNote(context.terminal, `refused ${message}`);
    for (const note of result.notes) printNote(context.terminal, note);
    if (result.filesRefused.length > 0) process.exitCode = 2;
    printResult(context.terminal, context.json, result, () => fetchReport(result));
  },
};
