import { type JobChange, type JobSettings, routes } from '@daytrade/contracts';
import type { ExecutionScheduler } from '@daytrade/jobs';
import { addRoute, recordedAs, type Service } from '@daytrade/service-kit';
import { readableJob } from './jobs.ts';

/** Adding, changing and removing jobs, and who did. */
export function addJobChangeRoutes(service: Service, scheduler: ExecutionScheduler): void {
  addRoute(service, routes.addJob, async ({ body: { name, by, reason, dryRun, ...settings }, log, caller }) => {
    const change = await scheduler.set(
      { action: 'add', name, settings: given(settings) },
      { by: recordedAs(caller, by), reason, dryRun },
    );
    return { dryRun, change: change ?? null, job: dryRun ? null : await readableJob(scheduler, name, log) };
  });

  addRoute(
    service,
    routes.changeJob,
    async ({ params: { name }, body: { by, reason, dryRun, ...settings }, log, caller }) => {
      const change = await scheduler.set(
        { action: 'change', name, settings: given(settings) },
        { by: recordedAs(caller, by), reason, dryRun },
      );
      return { dryRun, change: change ?? null, job: dryRun ? null : await readableJob(scheduler, name, log) };
    },
  );

  addRoute(service, routes.resetJob, async ({ params: { name }, body: { by, reason, dryRun }, log, caller }) => {
    const change = await scheduler.set({ action: 'reset', name }, { by: recordedAs(caller, by), reason, dryRun });
    return { dryRun, change: change ?? null, job: dryRun ? null : await readableJob(scheduler, name, log) };
  });

  addRoute(service, routes.jobFile, async () => ({ jobs: await scheduler.settings() }));

  addRoute(service, routes.importJobs, async ({ body: { jobs, ...asked }, caller }) => {
    const importer = { ...asked, by: recordedAs(caller, asked.by) };
    const wanted = Object.fromEntries(Object.entries(jobs).map(([name, settings]) => [name, given(settings)]));
    return { dryRun: importer.dryRun, changes: [...(await scheduler.importJobs(wanted, importer))] };
  });

  addRoute(service, routes.jobChanges, async ({ query }) => ({
    changes: [...(await scheduler.changes(query))] satisfies JobChange[],
  }));
}

/** Fields that were sent; one that is undefined was not. */
function given(settings: JobSettings): JobSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
