import type { CommandGroup } from '../../define-command.ts';
import { jobsAddCommand } from './add.ts';
import { jobsBackfillCommand } from './backfill.ts';
import {
  jobsChangeCommand,
  jobsChangesCommand,
  jobsDisableCommand,
  jobsEnableCommand,
  jobsResetCommand,
} from './change.ts';
import { jobsDrainCommand } from './drain.ts';
import { jobsExportCommand, jobsImportCommand } from './file.ts';
import { jobsListCommand } from './list.ts';
import { jobsPauseCommand, jobsResumeCommand } from './pause.ts';
import { jobsRunCommand } from './run.ts';

export const jobsGroup: CommandGroup = {
  name: 'jobs',
  summary: 'scheduled jobs',
  commands: [
    jobsListCommand,
    jobsRunCommand,
    jobsAddCommand,
    jobsChangeCommand,
    jobsDisableCommand,
    jobsEnableCommand,
    jobsResetCommand,
    jobsChangesCommand,
    jobsExportCommand,
    jobsImportCommand,
    jobsPauseCommand,
    jobsResumeCommand,
    jobsDrainCommand,
    jobsBackfillCommand,
  ],
};
