import type { PageProblem } from '../api/request.ts';
import { text } from '../i18n/language.ts';
import { problemTexts } from '../i18n/problem-texts.ts';
import { commandLine } from '../shell/command-name.ts';
import { Icon } from './icon.tsx';

interface ProblemNoteProps {
  readonly problem: PageProblem;
  /** What is shown in spite of it. */
  readonly note?: string | undefined;
  readonly onRetry?: () => void;
}

/** A problem document: what is wrong, the service's own words, and what to do. */
export function ProblemNote({ problem, note, onRetry }: ProblemNoteProps) {
  const { title, remedy } = problemTexts(problem);
  return (
    <div class="problem" role="alert">
      <Icon name="warning" />
      <div>
        <strong>{title}</strong>
        {note === undefined ? null : <span class="problem-note">{note}</span>}
        <p>{problem.detail}</p>
        <p class="quiet">{withCode(remedy)}</p>
        {onRetry === undefined ? null : (
          <button type="button" class="button small" onClick={onRetry}>
            {text('app.retry')}
          </button>
        )}
      </div>
    </div>
  );
}

/** Sets what stands between backticks as code. */
function withCode(sentence: string) {
  return sentence
    .split('`')
    .map((part, index) => (index % 2 === 1 ? <code key={`${index}-${part}`}>{commandLine(part)}</code> : part));
}
