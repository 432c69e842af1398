import type { ComponentChildren } from 'preact';
import type { Resource } from '../api/resource.ts';
import { text } from '../i18n/language.ts';
import { japanTime } from '../model/japan-time.ts';

interface ViewHeadProps {
  readonly title: ComponentChildren;
  /** What the view is about, in small beside the title. */
  readonly note?: ComponentChildren;
  /** The resource whose age is shown. */
  readonly freshness: Resource<unknown>;
}

/** The head of a view: its title and how fresh it is. */
export function ViewHead({ title, note, freshness }: ViewHeadProps) {
  const answeredAt = freshness.answeredAt.value;
  return (
    <header class="view-head">
      <h1>{title}</h1>
      {note === undefined ? null : <p class="view-note">{note}</p>}
      <p class="view-age quiet">
        {answeredAt === undefined ? '' : text('app.updated', { time: japanTime(answeredAt).time })}
      </p>
    </header>
  );
}
