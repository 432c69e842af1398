import { reportPageQuerySchema, reportParametersSchema, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition, CommandInput } from '../../define-command.ts';
import { assertNew, writePieces, writeWhole } from '../../export/whole-file.ts';
import { parseInput, textOption } from '../../input.ts';
import { dailyReportText } from '../../output/daily-report.ts';
import { count } from '../../output/format.ts';
import { printResult } from '../../output/terminal.ts';
import type { Connection } from '../../platform/connection.ts';

export const reportsShowCommand: CommandDefinition = {
  usage: 'show [session]',
  summary: 'show the daily report of a session, or write it as an HTML page',
  description: `Shows what the intervals of a session (default: the newest report) did: coverage with its counts, the
closes outside, data quality and the runs of the day. With --output it writes the whole report with its plots as one
HTML file that opens in a browser without anything else.`,
  examples: [
    'daytrade reports show',
    'daytrade reports show 2026-11-24 --output report.html --language ja',
    'daytrade reports show 2026-11-24 --revision 1 --json',
  ],
  configure: (command) =>
    command
      .option('--output <file>', 'write the HTML page to this file')
      .option('--force', 'replace a file of that name')
      .option('--language <language>', 'of the page: en or ja; default: DAYTRADE_REPORT_LANGUAGE')
      .option('--revision <number>', 'an earlier revision; default: the newest'),
  run: async (context, { args, options }) => {
    const query = queryOf(options);
    const connection = await context.connect();
    const session = args[0] === undefined ? await newestSession(connection) : sessionOf(args[0]);
    const { language, revision } = query;
    const output = textOption(options, 'output');
    if (output !== undefined) {
      assertNew([output], options.force === true);
      const page = await connection.ml.download(routes.report, { params: { session }, query: { revision, language } });
      const { bytes } = await writeWhole(output, (path) => writePieces(path, page));
      printResult(
        context.terminal,
        context.json,
        { session, file: output, bytes },
        () => `${output}: ${count(bytes)} bytes`,
      );
      return;
    }
    const report = await connection.ml.call(routes.reportFigures, { params: { session }, query: { revision } });
    printResult(context.terminal, context.json, report, () => dailyReportText(report));
  },
};

function queryOf({ language, revision }: CommandInput['options']) {
  return {
    language: parseInput(reportPageQuerySchema.shape.language, language, '--language'),
    revision: parseInput(reportPageQuerySchema.shape.revision, revision, '--revision'),
  };
}

function sessionOf(text: string): string {
  return parseInput(reportParametersSchema.shape.session, text, 'session');
}

async function newestSession({ ml }: Connection): Promise<string> {
  const { reports } = await ml.call(routes.reports, { query: { limit: 1 } });
  const [newest] = reports;
  if (newest !== undefined) return newest.session;
  throw new DayTradeError('report.none', 'there is no report yet');
}
