import { parseResult, type Run, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { parseTradeDate } from '@daytrade/market';
import type { CommandContext } from '../../command-context.ts';
import { dataHealth } from '../../data-health.ts';
import type { CommandDefinition } from '../../define-command.ts';
import { printNote, printResult } from '../../output/terminal.ts';
import type { Connection } from '../../platform/connection.ts';
import { isLacking, lackingBars, lackOf } from '../../repair/lacking-bars.ts';
import { type RepairStep, repairPlan } from '../../repair/repair-plan.ts';
import { type RepairResult, repairReport } from '../../repair/repair-report.ts';
import { watchRun } from '../../watch-run.ts';

/** Runs in which the imported folders are looked for. */
const runsRead = 500;

export const dataRepairCommand: CommandDefinition = {
  usage: 'repair [symbols...]',
  summary: 'fetch again what the stored bars lack',
  description: `Looks for sessions without a daily or a 5-minute bar, for bars that end too early and for damaged files,
as "data check" does, and asks the sources of these bars again for everything from a day on: J-Quants for the symbols,
the folders that were imported, the synthetic exchange. What a source does not have stays missing; no bar is made up or
carried forward. Bars that are there and equal stay as they are.

Of a file that is damaged every bar is fetched, also those before the day. It is not known any more where its bars came
from, so that the provider of the settings is asked. Ends with exit code 5 when something is still missing.`,
  examples: ['daytrade data repair --from 2026-01-05 --dry-run', 'daytrade data repair 7203 6758 --from 2026-01-05'],
  configure: (command) =>
    command
      .requiredOption('--from <date>', 'first day that is repaired, YYYY-MM-DD')
      .option('--dry-run', 'show what is missing and who would be asked, and fetch nothing'),
  run: async (context, { args, options }) => {
    const from = parseTradeDate(String(options.from), '--from');
    const dryRun = options.dryRun === true;
    const connection = await context.connect();
    const before = await dataHealth(connection, args);
    const lacking = lackingBars(before, from);
    const plan = repairPlan(
      before.symbols.filter(({ symbol }) => lacking.some((each) => each.symbol === symbol)),
      from,
      await fetches(connection),
      context.settings,
    );
    const steps = [];
    for (const step of plan.steps) steps.push(dryRun ? notFetched(step) : await fetchAgain(context, connection, step));
    const after = dryRun || lacking.length === 0 ? before : await dataHealth(connection, args);
    const symbols = lacking.map((each) => {
      const health = after.symbols.find(({ symbol }) => symbol === each.symbol);
      return { before: each, after: health === undefined ? each : lackOf(health, from) };
    });
    if (symbols.some((symbol) => isLacking(symbol.after))) process.exitCode = 5;
    const result: RepairResult = { from, dryRun, steps, symbols, withoutSource: plan.withoutSource };
    printResult(context.terminal, context.json, result, () => repairReport(result));
  },
};

async function fetches({ scheduler }: Connection): Promise<readonly Run[]> {
  const query = { job: 'fetch', status: 'succeeded', limit: runsRead } as const;
  return (await scheduler.call(routes.runs, { query })).runs;
}

type Fetched = RepairResult['steps'][number];

function notFetched(step: RepairStep): Fetched {
  return { ...step, barsAdded: 0, barsChanged: 0 };
}

/** A source that fails keeps no other one from being asked. */
async function fetchAgain(context: CommandContext, connection: Connection, step: RepairStep): Promise<Fetched> {
  try {
    const { run } = await connection.data.call(routes.startFetch, { body: step.request });
    const result = parseResult('fetch', await watchRun(context, connection, run, `fetch from ${step.source}`));
    for (const { message } of result.filesRefused) printNote(context.terminal, `refused ${message}`);
    for (const note of result.notes) printNote(context.terminal, note);
    return { ...step, barsAdded: result.barsAdded, barsChanged: result.barsChanged };
  } catch (error) {
    if (!(error instanceof DayTradeError) || error.code === 'run.cancelled') throw error;
    printNote(context.terminal, `${step.source}: ${error.message}`);
    return notFetched(step);
  }
}
