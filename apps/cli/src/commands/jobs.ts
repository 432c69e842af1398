import { type Job, routes } from '@daytrade/contracts';
import { jobsInJapanese, scheduleInJapanese } from '@daytrade/contracts/japanese';
import type { CommandContext, CommandDefinition, CommandGroup } from '../define-command.ts';
import { textOption, wrongInput } from '../input.ts';
import { say, sayBy } from '../language/language.ts';
import { japanClock } from '../output/format.ts';
import { table } from '../output/table.ts';
import { printNote, printResult, resultLines } from '../output/terminal.ts';
import { programName } from '../program-name.ts';
import { Questions } from '../questions.ts';
import { command } from '../route-command.ts';
import { watchRun } from '../watch-run.ts';
import { whoRuns } from '../who-runs.ts';

const list = command(routes.jobs, {
  usage: 'list',
  summary: 'show the jobs, when they run and how they last ended',
  description: `Shows every job with its schedule in Japan time, its next run, its last run, and the jobs whose run
of the same session it waits for.`,
  examples: ['daytrade jobs list'],
  text: ({ jobs }) => {
    const byClock = jobs.some((job) => job.nextRunAt !== null)
      ? []
      : [say`Jobs start by the clock only while ${`\`${programName} up\``} runs.`];
    return [`${jobTable(jobs)}\n`, ...pauseLines(jobs), ...byClock].join('\n');
  },
});

function jobTable(jobs: readonly Job[]): string {
  return table(jobs, {
    job: ({ name }) => name,
    'schedule (JST)': (job) => `${sayBy(scheduleInJapanese, job.schedule.description)}${whyNot(job)}`,
    'next run': ({ nextRunAt }) => japanClock(nextRunAt),
    'last run': ({ lastRun }) => japanClock(lastRun?.startedAt ?? null),
    ended: ({ lastRun }) => lastRun && say(lastRun.status),
    'waits for': ({ waitsFor }) => waitsFor.join(', ') || '–',
  });
}

/** Returns the reason why the clock does not start a job. */
function whyNot({ enabled, paused }: Job): string {
  if (paused !== null) return say` (paused)`;
  return enabled ? '' : say` (disabled)`;
}

/** Returns a line for each pause, with its time, its author and its reason. */
function pauseLines(jobs: readonly Job[]): string[] {
  const lines = jobs.flatMap(({ name, paused }) => {
    if (paused === null) return [];
    const by = paused.reason === null ? paused.by : `${paused.by}: ${paused.reason}`;
    const since = japanClock(paused.at);
    return [
      paused.all ? say`All jobs are paused since ${since} by ${by}.` : say`${name} is paused since ${since} by ${by}.`,
    ];
  });
  return [...new Set(lines)];
}

export const jobsRunCommand: CommandDefinition = {
  usage: 'run <name>',
  summary: 'run a job now and wait until it ends',
  description: `Runs a job on demand, shows its progress and prints its result. Ctrl-C cancels the run.

Before a job that removes something or replaces the live model it asks, in a terminal; --yes answers.`,
  examples: [
    'daytrade jobs run prediction',
    'daytrade jobs run training --payload \'{"seed": 7}\'',
    'daytrade jobs run retention --payload \'{"dryRun": true}\'',
  ],
  configure: (built) =>
    built
      .option('--payload <json>', 'payload of the job, a JSON object', '{}')
      .option('--yes', 'ask nothing before it starts'),
  run: async (context, { args, options }) => {
    const name = String(args[0]);
    const payload = jsonObject(String(options.payload));
    const connection = await context.connect();
    if (options.yes !== true && payload.dryRun !== true) {
      const { jobs } = await connection.scheduler.call(routes.jobs);
      const asked = jobs.find((job) => job.name === name);
      if (!(await isConfirmed(context, asked))) return printNote(context.terminal, say`Nothing was started.`);
    }
    const { run } = await connection.scheduler.call(routes.runJob, { params: { name }, body: { payload } });
    const result = await watchRun(context, connection, run, name);
    printResult(context, { run: run.id, result }, () => resultLines(result));
  },
};

/** Asks before a job that needs it, where a person can answer. */
async function isConfirmed(context: CommandContext, job: Job | undefined): Promise<boolean> {
  if (job?.asksFirst !== true || context.stdin().isTTY !== true) return true;
  using questions = new Questions(context);
  questions.say(say`${job.name}: ${sayBy(() => jobsInJapanese[job.name]?.task, job.description)}.`);
  return await questions.confirm(say`Run it now?`, false);
}

function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Reported below, together with JSON that is not an object.
  }
  throw wrongInput('--payload', `expected a JSON object, got ${JSON.stringify(text)}`, text);
}

const pause: CommandDefinition = {
  usage: 'pause [job]',
  summary: 'start a job, or all jobs, no more by the clock',
  description: `Pauses one job, or without a name all of them, in every scheduler, also after a restart. What has begun
goes on, and a job can still be run by hand. What is due meanwhile is not made up for when the pause ends.

The pause is kept with its author, time and reason; "daytrade jobs list" shows it.`,
  examples: ["daytrade jobs pause retraining --reason 'the disk is nearly full'", 'daytrade jobs pause'],
  configure: (built) => built.option('--reason <text>', 'why, for a person who finds it paused'),
  run: async (context, { args, options }) => switchJobs(context, true, args[0], textOption(options, 'reason')),
};

const resume: CommandDefinition = {
  usage: 'resume [job]',
  summary: 'start a job, or all jobs, by the clock again',
  description: `Ends the pause of one job, or without a name that of all jobs; a job that was paused by its name stays
paused. What was due during the pause is not made up for.`,
  examples: ['daytrade jobs resume retraining', 'daytrade jobs resume'],
  run: async (context, { args }) => switchJobs(context, false, args[0]),
};

/** Pauses or resumes one job or all of them, and shows the pauses in force. */
async function switchJobs(context: CommandContext, paused: boolean, name?: string, reason?: string): Promise<void> {
  const { scheduler } = await context.connect();
  const body = { by: whoRuns(), reason: reason ?? null };
  const { jobs } =
    name === undefined
      ? await scheduler.call(paused ? routes.pauseScheduler : routes.resumeScheduler, { body })
      : await scheduler.call(paused ? routes.pauseJob : routes.resumeJob, { params: { name }, body });
  const result = { paused: jobs.filter((job) => job.paused !== null) };
  printResult(context, result, () => pauseLines(jobs).join('\n') || say`No job is paused.`);
}

export const jobsGroup: CommandGroup = {
  name: 'jobs',
  summary: 'scheduled jobs',
  commands: [list, jobsRunCommand, pause, resume],
};
