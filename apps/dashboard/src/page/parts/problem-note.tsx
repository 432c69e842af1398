import type { PageProblem } from '../api/request.ts';
import { text } from '../i18n/language.ts';
import { problemTexts } from '../i18n/problems.ts';
import { Icon } from './icon.tsx';
import { OriginalWords } from './original-words.tsx';
import { WithCode } from './with-code.tsx';

interface ProblemNoteProps {
  readonly problem: PageProblem;
  /** In place of the problem's own title. */
  readonly title?: string;
  /** What is shown in spite of it. */
  readonly note?: string | undefined;
  readonly onRetry?: () => void;
}

/** A problem document: what is wrong, the service's own words, and what to do. */
export function ProblemNote({ problem, title, note, onRetry }: ProblemNoteProps) {
  const texts = problemTexts(problem);
  return (
    <div class="problem" role="alert">
      <Icon name="warning" />
      <div>
        <strong>{title ?? texts.title}</strong>
        {note === undefined ? null : <span class="problem-note">{note}</span>}
        <OriginalWords words={problem.detail} />
        <p class="quiet">
          <WithCode sentence={texts.remedy} />
        </p>
        {onRetry === undefined ? null : (
          <button type="button" class="button small" onClick={onRetry}>
            {text('app.retry')}
          </button>
        )}
      </div>
    </div>
  );
}
