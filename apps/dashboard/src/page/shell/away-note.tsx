import { unanswered } from '../api/resource.ts';
import { text } from '../i18n/language.ts';
import { staleNote } from '../parts/loaded.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';

/** Names once the services that do not answer, however many places of the view wait for them. */
export function AwayNote() {
  const waiting = unanswered.value;
  const [problem] = waiting.flatMap(({ problem: { value } }) => value ?? []);
  if (problem === undefined) return null;
  const services = new Set(waiting.flatMap(({ problem: { value } }) => value?.service ?? []));
  const named = [...services].map((service) => text(`service.${service}`)).join(', ');
  const oldest = waiting.flatMap(({ answeredAt: { value } }) => value ?? []).sort((a, b) => a - b)[0];
  return (
    <ProblemNote
      problem={problem}
      title={text('away.title', { services: named })}
      note={staleNote(oldest)}
      onRetry={() => {
        for (const each of waiting) void each.refresh();
      }}
    />
  );
}
