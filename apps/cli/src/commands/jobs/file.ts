import { readFile, writeFile } from 'node:fs/promises';
import { type JobFile, jobFileSchema, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition } from '../../define-command.ts';
import { assertNew, writeWhole } from '../../export/whole-file.ts';
import { parseInput, textOption } from '../../input.ts';
import { importReport } from '../../jobs/change-report.ts';
import { printResult } from '../../output/terminal.ts';
import { whoRuns } from '../../who-runs.ts';

export const jobsExportCommand: CommandDefinition = {
  usage: 'export [file]',
  summary: 'write what is set of jobs to a file, or show it',
  description: `Writes what was added, changed or switched off here as a JSON file that "daytrade jobs import" takes,
here or in another installation. What the platform has by itself is not in it.`,
  examples: ['daytrade jobs export', 'daytrade jobs export jobs.json --force'],
  configure: (command) => command.option('--force', 'replace a file of that name'),
  run: async (context, { args, options }) => {
    const file = args[0];
    if (file !== undefined) assertNew([file], options.force === true);
    const { scheduler } = await context.connect();
    const set = await scheduler.call(routes.jobFile, {});
    const text = `${JSON.stringify(set, undefined, 2)}\n`;
    if (file === undefined) {
      printResult(context.terminal, context.json, set, () => text.trimEnd());
      return;
    }
    await writeWhole(file, (path) => writeFile(path, text));
    const jobs = Object.keys(set.jobs).length;
    printResult(context.terminal, context.json, { file, jobs }, () => `${file}: what is set of ${jobs} jobs`);
  },
};

export const jobsImportCommand: CommandDefinition = {
  usage: 'import <file>',
  summary: 'make what is set of jobs what a file says',
  description: `Reads a JSON file as "daytrade jobs export" writes it: by name of the job what is set of it, as
{ "jobs": { "retraining": { "enabled": false },
            "noon-update": { "queueJob": "data-update", "schedule": { "type": "daily", "at": "12:00" } } } }
A job of the platform with {} is again as the platform has it. All of the file is checked before anything is kept;
each change is kept with who, when and why, as one made by "jobs add" or "jobs change".`,
  examples: [
    'daytrade jobs import jobs.json --dry-run',
    "daytrade jobs import jobs.json --replace --reason 'as in Tokyo'",
  ],
  configure: (command) =>
    command
      .option('--replace', 'jobs that the file does not name: remove added ones, take back changes of the others')
      .option('--reason <text>', 'why, kept with each change')
      .option('--dry-run', 'check it and show what would change, and keep nothing'),
  run: async (context, { args, options }) => {
    const { jobs } = await readJobFile(String(args[0]));
    const { scheduler } = await context.connect();
    const answer = await scheduler.call(routes.importJobs, {
      body: {
        jobs,
        replace: options.replace === true,
        by: whoRuns(),
        reason: textOption(options, 'reason') ?? null,
        dryRun: options.dryRun === true,
      },
    });
    printResult(context.terminal, context.json, answer, () => importReport(answer));
  },
};

/** @throws DayTradeError `input.invalid` naming the file, or the field in it that is wrong */
async function readJobFile(file: string): Promise<JobFile> {
  const wrong = (what: string) =>
    new DayTradeError('input.invalid', `file: ${file} ${what}`, { details: { field: 'file', value: file } });
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw wrong(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw wrong(`is not JSON: ${(error as Error).message}`);
  }
  return parseInput(jobFileSchema, content, file);
}
