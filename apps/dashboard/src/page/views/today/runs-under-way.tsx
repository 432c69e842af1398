import { useWatched } from '../../api/resource.ts';
import { runs } from '../../api/services.ts';
import { jobLabel } from '../../i18n/jobs.ts';
import { RunProgress } from '../jobs/run-progress.tsx';
import { useRunStreams } from '../jobs/use-run-streams.ts';

/** True while a training runs: then a person need not start one. */
export function useTraining(): boolean {
  useWatched(runs);
  return runs.body.value?.runs.some(({ job, status }) => job === 'training' && status === 'running') ?? false;
}

/** What is being worked on while there are no predictions yet: on a first start the training. */
export function RunsUnderWay() {
  useWatched(runs);
  useRunStreams();
  const running = runs.body.value?.runs.filter(({ status }) => status === 'running') ?? [];
  return (
    <ul class="under-way" aria-live="polite">
      {running.map((run) => (
        <li key={run.id}>
          <strong>{jobLabel(run.job)}</strong>
          <RunProgress run={run} />
        </li>
      ))}
    </ul>
  );
}
