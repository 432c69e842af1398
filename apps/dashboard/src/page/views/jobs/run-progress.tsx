import type { Run } from '@daytrade/contracts';
import { durationLabel } from '../../i18n/duration-texts.ts';
import { jobLabel } from '../../i18n/job-texts.ts';
import { language, phrase } from '../../i18n/language.ts';
import { errorTexts } from '../../i18n/problem-texts.ts';
import { progressLabel } from '../../i18n/progress-texts.ts';
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
          <WithCode sentence={remedy} /> {attempt > 1 ? phrase('jobs.attempt', attempt, maxAttempts) : null}
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
          <span class="quiet"> · {phrase('jobs.remaining', durationLabel(progress.remainingSeconds))}</span>
        )}
      </span>
    </span>
  );
}
