import type { ComponentChildren } from 'preact';
import { isAway } from '../api/request.ts';
import { type Resource, useWatched } from '../api/resource.ts';
import { text } from '../i18n/language.ts';
import { japanTime } from '../model/japan-time.ts';
import { ProblemNote } from './problem-note.tsx';

interface LoadedProps<Body> {
  readonly from: Resource<Body>;
  readonly children: (body: Body) => ComponentChildren;
  /** How many lines the placeholder has while the first answer is on its way. */
  readonly lines?: number;
}

/**
 * Shows what a resource holds: a placeholder at first, its problem, or its body (with a note when it is not fresh).
 * That a whole service does not answer is said once, over the view.
 */
export function Loaded<Body>({ from, children, lines = 4 }: LoadedProps<Body>) {
  useWatched(from);
  const body = from.body.value;
  const problem = from.problem.value;
  if (body === undefined) {
    if (problem === undefined) return <Placeholder lines={lines} />;
    if (isAway(problem)) return <p class="quiet">{text('away.place')}</p>;
    return <ProblemNote problem={problem} onRetry={() => void from.refresh()} />;
  }
  return (
    <>
      {problem === undefined || isAway(problem) ? null : (
        <ProblemNote problem={problem} note={staleNote(from.answeredAt.value)} />
      )}
      {children(body)}
    </>
  );
}

/** That what is shown was known at an earlier time; nothing when there is none. */
export function staleNote(answeredAt: number | undefined): string | undefined {
  return answeredAt === undefined ? undefined : text('app.stale', { time: japanTime(answeredAt).time });
}

function Placeholder({ lines }: { readonly lines: number }) {
  return (
    <div class="placeholder" role="status">
      <span class="unseen">{text('app.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="placeholder-line" />
      ))}
    </div>
  );
}
