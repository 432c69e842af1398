import { type JobSettings, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandContext } from '../../command-context.ts';
import type { CommandDefinition } from '../../define-command.ts';
import { textOption } from '../../input.ts';
import { changeReport, changeTable } from '../../jobs/change-report.ts';
import { addJobOptions, jobSettingsOf } from '../../jobs/job-options.ts';
import { printResult } from '../../output/terminal.ts';
import { whoRuns } from '../../who-runs.ts';

type Options = Readonly<Record<string, unknown>>;

export const jobsChangeCommand: CommandDefinition = {
  usage: 'change <name>',
  summary: 'change when a job runs, or how',
  description: `Changes a job: its schedule, what it waits for, what becomes of missed due times. What is not named
stays. It is kept with who, when and why, and stays after a restart; "daytrade jobs reset" takes it back.`,
  examples: [
    'daytrade jobs change evening-update --daily 17:30',
    'daytrade jobs change prediction --market-hours 30 --misfire skip --dry-run',
  ],
  configure: addJobOptions,
  run: async (context, { args, options }) => {
    const settings = jobSettingsOf(options);
    if (Object.keys(settings).length === 0) throw nothingToChange();
    await change(context, String(args[0]), settings, options);
  },
};

export const jobsDisableCommand: CommandDefinition = {
  usage: 'disable <name>',
  summary: 'switch a job off for good',
  description: `Switches a job off: the clock starts it no more, also after a restart, until "daytrade jobs enable".
It can still be run by hand. To stop it for a while, "daytrade jobs pause" is for that.`,
  examples: ["daytrade jobs disable retraining --reason 'trained by hand'"],
  configure: (command) => withReason(command),
  run: async (context, { args, options }) => change(context, String(args[0]), { enabled: false }, options),
};

export const jobsEnableCommand: CommandDefinition = {
  usage: 'enable <name>',
  summary: 'switch a job on again',
  description: 'Lets the clock start a job again. What was due meanwhile is not made up for.',
  examples: ['daytrade jobs enable retraining'],
  configure: (command) => withReason(command),
  run: async (context, { args, options }) => change(context, String(args[0]), { enabled: true }, options),
};

export const jobsResetCommand: CommandDefinition = {
  usage: 'reset <name>',
  summary: 'remove a job that was added, or take back every change of one of the platform',
  description: 'Removes a job that was added here. One of the platform becomes what it was when it was installed.',
  examples: ['daytrade jobs reset evening-update --dry-run', 'daytrade jobs reset noon-update'],
  configure: (command) => withReason(command),
  run: async (context, { args, options }) => {
    const { scheduler } = await context.connect();
    const answer = await scheduler.call(routes.resetJob, {
      params: { name: String(args[0]) },
      body: whoAndWhy(options),
    });
    printResult(context.terminal, context.json, answer, () => changeReport(answer));
  },
};

export const jobsChangesCommand: CommandDefinition = {
  usage: 'changes [job]',
  summary: 'show who changed which job, when and why',
  description: 'Shows every change of the jobs, newest first: added, changed, switched off or on, reset, removed.',
  examples: ['daytrade jobs changes', 'daytrade jobs changes retraining --json'],
  run: async (context, { args }) => {
    const { scheduler } = await context.connect();
    const query = args[0] === undefined ? {} : { job: args[0] };
    const answer = await scheduler.call(routes.jobChanges, { query });
    printResult(context.terminal, context.json, answer, () => changeTable(answer.changes));
  },
};

function withReason(command: Parameters<NonNullable<CommandDefinition['configure']>>[0]): void {
  command
    .option('--reason <text>', 'why, kept with the change')
    .option('--dry-run', 'check it and show what would change, and keep nothing');
}

async function change(context: CommandContext, name: string, settings: JobSettings, options: Options): Promise<void> {
  const { scheduler } = await context.connect();
  const body = { ...settings, ...whoAndWhy(options) };
  const answer = await scheduler.call(routes.changeJob, { params: { name }, body });
  printResult(context.terminal, context.json, answer, () => changeReport(answer));
}

function whoAndWhy(options: Options) {
  return { by: whoRuns(), reason: textOption(options, 'reason') ?? null, dryRun: options.dryRun === true };
}

function nothingToChange(): DayTradeError {
  return new DayTradeError('input.invalid', 'options: expected what to change, as --daily 17:30; see --help', {
    details: { field: 'options' },
  });
}
