import type { Run, RunStatus } from '@daytrade/contracts';
import { useWatched } from '../api/resource.ts';
import { runs } from '../api/services.ts';
import { codeLabel } from '../i18n/codes.ts';
import { durationLabel, jobLabel, progressLabel } from '../i18n/jobs.ts';
import { language, text } from '../i18n/language.ts';
import { errorTexts } from '../i18n/problems.ts';
import { Badge, OriginalWords, type Tone, WithCode } from '../parts/notes.tsx';

const tones: Readonly<Record<RunStatus, Tone>> = {
  waiting: 'plain',
  queued: 'plain',
  running: 'live',
  succeeded: 'good',
  failed: 'bad',
  'timed-out': 'bad',
  cancelled: 'warn',
  skipped: 'plain',
};

export function RunStatusBadge({ status }: Pick<Run, 'status'>) {
  return <Badge tone={tones[status]} label={codeLabel(status)} />;
}

export function RunProgress({ run }: { readonly run: Run }) {
  const { status, progress, error, attempt, maxAttempts } = run;
  if (error !== null && status !== 'succeeded') {
    const { title, remedy } = errorTexts(error.code);
    return (
      <div class="two-lines run-error">
        {language.value === 'en' ? null : title}
        <OriginalWords words={error.message} />
        <small>
          <WithCode sentence={remedy} /> {attempt > 1 ? text('jobs.attempt', { attempt, of: maxAttempts }) : null}
        </small>
      </div>
    );
  }
  if (status !== 'running' || progress === null) return null;
  const { fraction, remainingSeconds } = progress;
  return (
    <span class="run-progress">
      <progress aria-label={jobLabel(run.job)} value={fraction} />
      <span>
        {Math.round(fraction * 100)} % · {progressLabel(progress)}
        {remainingSeconds === null ? null : (
          <span class="quiet"> · {text('jobs.remaining', { time: durationLabel(remainingSeconds) })}</span>
        )}
      </span>
    </span>
  );
}

/** The runs that work now, on a page without predictions: on a first start the training. */
export function RunsUnderWay() {
  useWatched(runs);
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

/** Returns true while a training runs, so that the page does not propose to start one. */
export function useTraining(): boolean {
  useWatched(runs);
  return runs.body.value?.runs.some(({ job, status }) => job === 'training' && status === 'running') ?? false;
}
