import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { addDays, instantOf, japanDate } from '@daytrade/market';
import type { MlServiceDependencies } from '../dependencies.ts';

/**
 * Job `retention`: removes runs, evaluations, models, reports and notices that are older than the settings say. What is
 * live, may be rolled back to, or is named by something that stays is kept, however old it is.
 */
export function retentionJob({ stores, settings, clock }: MlServiceDependencies): JobDefinition {
  return defineJob('retention', async ({ payload: { dryRun }, progress }) => {
    const today = japanDate(clock.now());
    // From midnight in Japan, so that the runs of a session, which name each other, go together.
    const before = (days: number) => new Date(instantOf(addDays(today, -days), '00:00')).toISOString();
    progress({ stage: 'removing what is old', fraction: 0.1 });
    const models = await stores.models.prune({ before: before(settings.DAYTRADE_KEEP_MODELS_DAYS), dryRun });
    const evaluations = await stores.evaluations.prune({
      before: before(settings.DAYTRADE_KEEP_EVALUATIONS_DAYS),
      dryRun,
    });
    const reportsBefore = addDays(today, -settings.DAYTRADE_KEEP_REPORTS_DAYS);
    const reports = await stores.reports.prune({ before: reportsBefore, dryRun });
    const selections = await stores.selections.prune({ before: reportsBefore, dryRun });
    const notices = await stores.notices.prune({ before: before(settings.DAYTRADE_KEEP_NOTICES_DAYS), dryRun });
    const runs = await stores.runs.prune({ before: before(settings.DAYTRADE_KEEP_RUNS_DAYS), dryRun });
    return { dryRun, runs, evaluations, models, reports, selections, notices };
  });
}
