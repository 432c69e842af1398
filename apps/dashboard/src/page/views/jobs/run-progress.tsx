import type { Run } from '@daytrade/contracts';
import { durationLabel, jobLabel, progressLabel } from '../../i18n/jobs.ts';
import { language, text } from '../../i18n/language.ts';
import { errorTexts } from '../../i18n/problems.ts';
import { OriginalWords } from '../../parts/original-words.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { WithCode } from '../../parts/with-code.tsx';

/** Where a run is, or what went wrong with it. */
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
  return (
    <span class="run-progress">
      <ProgressBar label={jobLabel(run.job)} fraction={progress.fraction} />
      <span>
        {Math.round(progress.fraction * 100)} % · {progressLabel(progress)}
        {progress.remainingSeconds === null ? null : (
          <span class="quiet"> · {text('jobs.remaining', { time: durationLabel(progress.remainingSeconds) })}</span>
        )}
      </span>
    </span>
  );
}
