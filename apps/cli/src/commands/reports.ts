import { reportPageQuerySchema, reportParametersSchema, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition, CommandGroup } from '../define-command.ts';
import { assertNew, writePieces, writeWhole } from '../export/whole-file.ts';
import { parseInput, textOption } from '../input.ts';
import { say } from '../language/language.ts';
import { dailyReportText } from '../output/daily-report.ts';
import { count, japanClock, percent } from '../output/format.ts';
import { right, table } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';
import type { Connection } from '../platform/connect.ts';
import { programName } from '../program-name.ts';
import { RequestOptions } from '../request-options.ts';
import { command } from '../route-command.ts';

const makesReport = `\`${programName} jobs run report\``;

const list = command(routes.reports, {
  usage: 'list',
  summary: 'list the daily reports',
  description: `Lists the reports of the symbols in use, newest session first. The job "report" makes one after each
session, at 16:00 Japan time. When closes come later, a further revision takes the place of the earlier, which stays
listed.`,
  examples: ['daytrade reports list', 'daytrade reports list --limit 5 --json'],
  options: { limit: { help: 'reports to show', default: '20' } },
  text: ({ reports }) =>
    table(
      reports,
      {
        session: ({ session }) => session,
        revision: right(({ revision }) => revision),
        'made (JST)': ({ madeAt }) => japanClock(madeAt),
        published: right(({ published }) => published),
        judged: right(({ judged }) => judged),
        inside: right(({ inside }) => inside),
        coverage: right(({ inside, judged }) => percent(judged === 0 ? null : inside / judged)),
        '': ({ superseded, synthetic }) =>
          [...(superseded ? [say`superseded`] : []), ...(synthetic ? [say`SYNTHETIC`] : [])].join(', '),
      },
      say`There is no report yet: one is made at 16:00 Japan time of each session, or by ${makesReport}.`,
    ),
});

const page = new RequestOptions(reportPageQuerySchema, { language: {}, revision: {} });

const show: CommandDefinition = {
  usage: 'show [session]',
  summary: 'show the daily report of a session, or write it as an HTML page',
  description: `Shows what the intervals of a session (default: the newest report) did: coverage with its counts. With
--output it writes the whole report with its plots as one HTML file that opens in a browser without anything else.`,
  examples: [
    'daytrade reports show',
    'daytrade reports show 2026-11-24 --output report.html --language ja',
    'daytrade reports show 2026-11-24 --revision 1 --json',
  ],
  configure: (built) =>
    page
      .addTo(built)
      .option('--output <file>', 'write the HTML page to this file')
      .option('--force', 'replace a file of that name'),
  run: async (context, { args, options }) => {
    const query = parseInput(reportPageQuerySchema, page.read(options), 'reports show');
    const { ml } = await context.connect();
    const { session: form } = reportParametersSchema.shape;
    const session = args[0] === undefined ? await newestSession(ml) : parseInput(form, args[0], 'session');
    const output = textOption(options, 'output');
    if (output !== undefined) {
      assertNew([output], options.force === true);
      const html = await ml.download(routes.report, { params: { session }, query });
      const { bytes } = await writeWhole(output, (path) => writePieces(path, html));
      const written = { session, file: output, bytes };
      printResult(context, written, () => say`${output}: ${count(bytes)} bytes`);
      return;
    }
    const { revision } = query;
    const report = await ml.call(routes.reportFigures, { params: { session }, query: { revision } });
    printResult(context, report, () => dailyReportText(report));
  },
};

async function newestSession(ml: Connection['ml']): Promise<string> {
  const { reports } = await ml.call(routes.reports, { query: { limit: 1 } });
  const [newest] = reports;
  if (newest !== undefined) return newest.session;
  throw new DayTradeError('report.none', 'there is no report yet');
}

export const reportsGroup: CommandGroup = {
  name: 'reports',
  summary: 'the daily reports',
  commands: [list, show],
};
