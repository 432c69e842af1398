import type { AnswerOf, JobChange, JobSettings, routes } from '@daytrade/contracts';
import { japanClock } from '../output/format.ts';
import { renderTable } from '../output/table.ts';

/** What a change did, and when the job runs next. */
export function changeReport({ dryRun, change, job }: AnswerOf<typeof routes.changeJob>): string {
  if (change === null) return 'Nothing changes: the job is like that already.';
  const done = dryRun ? 'would be ' : '';
  const lines = [`${change.job}: ${done}${change.action}.`, ...differences(change)];
  if (dryRun) lines.push('Nothing was kept.');
  else if (job !== null) lines.push(`${job.schedule.description}; next run ${japanClock(job.nextRunAt)}.`);
  return lines.join('\n');
}

/** What an import changed of each job. */
export function importReport({ dryRun, changes }: AnswerOf<typeof routes.importJobs>): string {
  if (changes.length === 0) return 'Nothing changes: what is set of jobs is what the file says.';
  const done = dryRun ? 'would be ' : '';
  const lines = changes.flatMap((change) => [`${change.job}: ${done}${change.action}.`, ...differences(change)]);
  return [...lines, ...(dryRun ? ['Nothing was kept.'] : [])].join('\n');
}

/** Who changed what, newest first. */
export function changeTable(changes: readonly JobChange[]): string {
  if (changes.length === 0) return 'No job was changed.';
  return renderTable(
    [
      { title: 'when (JST)' },
      { title: 'job' },
      { title: 'what' },
      { title: 'by' },
      { title: 'change' },
      { title: 'why' },
    ],
    changes.map((change) => [
      japanClock(change.at),
      change.job,
      change.action,
      change.by,
      differences(change)
        .map((line) => line.trim())
        .join('; ') || '–',
      change.reason ?? '–',
    ]),
  );
}

/** Each setting that is another than before. */
function differences({ before, after }: JobChange): readonly string[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]) as Set<keyof JobSettings>;
  return [...fields].flatMap((field) => {
    const [old, now] = [text(before?.[field]), text(after?.[field])];
    return old === now ? [] : [`  ${field}: ${old} -> ${now}`];
  });
}

function text(value: unknown): string {
  if (value === undefined) return 'not set';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
