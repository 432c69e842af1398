import { auditRequestSchema, parseResult, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { parseInput, wholeNumber } from '../input.ts';
import { auditReport, auditSelfTestReport } from '../output/audit-report.ts';
import { printResult } from '../output/terminal.ts';
import { watchRun } from '../watch-run.ts';

const leakFound = 5;
const notEnoughBars = 3;

export const auditCommand: CommandDefinition = {
  usage: 'audit',
  summary: 'look for the future in the features, the label, the splits and the universe',
  description: `Looks for leaks in the way from bars to forecasts, by computing again on less or on changed data:
features on bars that are cut after a session, features on prices restated as by a later split, the rank correlation of
each feature with the label, the label's and the splits' times, what a training learns of its columns, whether a
training on permuted labels has skill, the calendar, and who takes part in a session. Also finds how many bars each
feature needs until it no longer knows where the bars began.

A leak ends with exit code 5 and its column and first session; too few bars for a check with exit code 3. With
--self-test the audit is run on noise with leaks planted in it, one by one, and has to catch each of them.

What was never imported it cannot see: a folder that holds only the symbols that are large today is a universe of
survivors before the audit begins.`,
  examples: ['daytrade audit', 'daytrade audit --probes all --symbols 7203 6758 --json', 'daytrade audit --self-test'],
  configure: (command) =>
    command
      .option('--probes <number>', 'sessions at which the bars are cut, spread evenly; or all', '12')
      .option('--symbols <symbols...>', 'look at these symbols only')
      .option('--self-test', 'plant leaks on seeded noise and see whether each is caught; needs no bars'),
  run: async (context, { options }) => {
    const isAll = options.probes === 'all';
    const body = parseInput(
      auditRequestSchema,
      {
        probes: isAll ? 'all' : wholeNumber(options.probes, '--probes', { min: 1, max: 10_000 }),
        selfTest: options.selfTest === true,
        ...(options.symbols === undefined ? {} : { symbols: options.symbols }),
      },
      'audit',
    );
    const connection = await context.connect();
    const { run } = await connection.ml.call(routes.startAudit, { body });
    const { report, selfTest } = parseResult('audit', await watchRun(context, connection, run, 'audit'));
    if (selfTest !== null) {
      if (!selfTest.passed) process.exitCode = leakFound;
      printResult(context.terminal, context.json, selfTest, () => auditSelfTestReport(selfTest));
    }
    if (report !== null) {
      if (!report.passed) process.exitCode = report.alarms.length > 0 ? leakFound : notEnoughBars;
      printResult(context.terminal, context.json, report, () => auditReport(report));
    }
  },
};
