import type { Job } from '@daytrade/contracts';
import { signal } from '@preact/signals';
import { type PageProblem, RequestProblem } from '../../api/request.ts';
import { jobs, runJob, runs } from '../../api/services.ts';
import { jobDescription, jobLabel } from '../../i18n/jobs.ts';
import { text } from '../../i18n/language.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { ViewHead } from '../../shell/view-head.tsx';
import { JobTable } from './job-table.tsx';
import { NoticePanel } from './notice-panel.tsx';
import { PauseNote } from './pause-note.tsx';
import { RunTable } from './run-table.tsx';
import { useRunStreams } from './use-run-streams.ts';

const asked = signal<Job | undefined>(undefined);
const outcome = signal<{ readonly done?: string; readonly problem?: PageProblem }>({});

/** What runs by the clock, and what has run. */
export function JobsView() {
  useRunStreams();
  return (
    <>
      <ViewHead title={text('view.jobs.title')} freshness={runs} />
      <output class="outcome">{outcome.value.done}</output>
      {outcome.value.problem === undefined ? null : <ProblemNote problem={outcome.value.problem} />}
      <Panel title={text('jobs.title')}>
        <Loaded from={jobs} lines={6}>
          {(body) =>
            body.jobs.length === 0 ? (
              <EmptyNote message={text('jobs.empty')} />
            ) : (
              <>
                <PauseNote jobs={body.jobs} />
                <JobTable jobs={body.jobs} onRun={run} />
              </>
            )
          }
        </Loaded>
      </Panel>
      <Panel title={text('jobs.runs')}>
        <Loaded from={runs} lines={8}>
          {(body) =>
            body.runs.length === 0 ? <EmptyNote message={text('jobs.runs.empty')} /> : <RunTable runs={body.runs} />
          }
        </Loaded>
      </Panel>
      <NoticePanel />
      <Confirmation />
    </>
  );
}

function run(job: Job): void {
  if (job.asksFirst) asked.value = job;
  else void start(job.name);
}

function Confirmation() {
  const job = asked.value;
  if (job === undefined) return null;
  return (
    <ConfirmDialog
      title={text('jobs.run.label', { job: jobLabel(job.name) })}
      explanation={jobDescription(job)}
      action={text('jobs.run')}
      asked={asked}
      onConfirm={() => void start(job.name)}
    />
  );
}

async function start(name: string): Promise<void> {
  try {
    const started = await runJob(name);
    outcome.value = { done: text('jobs.started', { job: jobLabel(started.run.job) }) };
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    outcome.value = { problem: error.problem };
  }
  await Promise.all([jobs.refresh(), runs.refresh()]);
}
