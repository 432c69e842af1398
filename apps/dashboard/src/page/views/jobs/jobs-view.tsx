import { signal } from '@preact/signals';
import { type PageProblem, RequestProblem } from '../../api/request.ts';
import { jobs, runJob, runs } from '../../api/services.ts';
import { jobLabel } from '../../i18n/job-texts.ts';
import { phrase, text } from '../../i18n/language.ts';
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

const outcome = signal<{ readonly done?: string; readonly problem?: PageProblem }>({});

/** What runs by the clock, and what has run. */
export function JobsView() {
  useRunStreams();
  return (
    <>
      <ViewHead title={text('view.jobs.title')} note={tradingNote()} freshness={runs} />
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
                <JobTable jobs={body.jobs} onRun={(name) => void start(name)} />
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
    </>
  );
}

function tradingNote(): string | undefined {
  const automatic = jobs.body.value?.automaticTrading;
  if (automatic === undefined) return undefined;
  return text(automatic ? 'jobs.trading.on' : 'jobs.trading.off');
}

async function start(name: string): Promise<void> {
  try {
    const { run } = await runJob(name);
    outcome.value = { done: phrase('jobs.started', jobLabel(run.job)) };
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    outcome.value = { problem: error.problem };
  }
  await Promise.all([jobs.refresh(), runs.refresh()]);
}
