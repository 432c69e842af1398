import type { CommandGroup } from '../../define-command.ts';
import { jobsBackfillCommand } from './backfill.ts';
import { jobsDrainCommand } from './drain.ts';
import { jobsListCommand } from './list.ts';
import { jobsPauseCommand, jobsResumeCommand } from './pause.ts';
import { jobsRunCommand } from './run.ts';

export const jobsGroup: CommandGroup = {
  name: 'jobs',
  summary: 'scheduled jobs',
  commands: [
    jobsListCommand,
    jobsRunCommand,
    jobsPauseCommand,
    jobsResumeCommand,
    jobsDrainCommand,
    jobsBackfillCommand,
  ],
};
