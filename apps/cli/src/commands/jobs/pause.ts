import { type Job, routes } from '@daytrade/contracts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandDefinition } from '../../define-command.ts';
import { textOption } from '../../input.ts';
import { pauseLines } from '../../output/job-table.ts';
import { printResult } from '../../output/terminal.ts';
import { whoRuns } from '../../who-runs.ts';

export const jobsPauseCommand: CommandDefinition = {
  usage: 'pause [job]',
  summary: 'start a job, or all jobs, no more by the clock',
  description: `Pauses one job, or without a name all of them, in every scheduler, also after a restart. What has begun
goes on, and a job can still be run by hand. What is due meanwhile is not made up for when the pause ends.

The pause is kept with who, when and why; "daytrade jobs list" shows it.`,
  examples: ["daytrade jobs pause retraining --reason 'the disk is nearly full'", 'daytrade jobs pause'],
  configure: (command) => command.option('--reason <text>', 'why, for whoever finds it paused'),
  run: async (context, { args, options }) => {
    await switchJobs(context, { paused: true, name: args[0], reason: textOption(options, 'reason') });
  },
};

export const jobsResumeCommand: CommandDefinition = {
  usage: 'resume [job]',
  summary: 'start a job, or all jobs, by the clock again',
  description: `Ends the pause of one job, or without a name that of all jobs; a job that was paused by its name stays
paused. What was due during the pause is not made up for: see "daytrade jobs backfill".`,
  examples: ['daytrade jobs resume retraining', 'daytrade jobs resume'],
  run: async (context, { args }) => {
    await switchJobs(context, { paused: false, name: args[0], reason: undefined });
  },
};

interface Switch {
  readonly paused: boolean;
  readonly name: string | undefined;
  readonly reason: string | undefined;
}

/** Pauses or resumes one job or all of them, and shows what is paused then. */
async function switchJobs(context: CommandContext, { paused, name, reason }: Switch): Promise<void> {
  const { scheduler } = await context.connect();
  const body = { by: whoRuns(), reason: reason ?? null };
  const { jobs } =
    name === undefined
      ? await scheduler.call(paused ? routes.pauseScheduler : routes.resumeScheduler, { body })
      : await scheduler.call(paused ? routes.pauseJob : routes.resumeJob, { params: { name }, body });
  printResult(context.terminal, context.json, { paused: jobs.filter((job) => job.paused !== null) }, () =>
    pausesInWords(jobs),
  );
}

function pausesInWords(jobs: readonly Job[]): string {
  const lines = pauseLines(jobs);
  return lines.length === 0 ? 'No job is paused.' : lines.join('\n');
}
