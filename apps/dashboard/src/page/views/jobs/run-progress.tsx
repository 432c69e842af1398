import type { Run } from '@daytrade/contracts';
import { jobLabel } from '../../i18n/job-texts.ts';
import { phrase } from '../../i18n/language.ts';
import { remedyLabel } from '../../i18n/problem-texts.ts';
import { duration } from '../../model/format.ts';
import { ProgressBar } from '../../parts/progress-bar.tsx';

/** Where a run is, or what went wrong with it. */
export function RunProgress({ run }: { readonly run: Run }) {
  const { status, progress, error, attempt, maxAttempts } = run;
  if (error !== null && status !== 'succeeded') {
    return (
      <span class="two-lines run-error">
        {error.message}
        <small>
          {remedyLabel(error.code)} {attempt > 1 ? phrase('jobs.attempt', attempt, maxAttempts) : null}
        </small>
      </span>
    );
  }
  if (status !== 'running' || progress === null) return null;
  return (
    <span class="run-progress">
      <ProgressBar label={jobLabel(run.job)} fraction={progress.fraction} />
      <span>
        {Math.round(progress.fraction * 100)} % · {progress.message ?? progress.stage}
        {progress.remainingSeconds === null ? null : (
          <span class="quiet"> · {phrase('jobs.remaining', duration(progress.remainingSeconds))}</span>
        )}
      </span>
    </span>
  );
}
