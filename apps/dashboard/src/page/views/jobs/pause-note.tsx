import type { Job } from '@daytrade/contracts';
import { jobLabel } from '../../i18n/jobs.ts';
import { text } from '../../i18n/language.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { CommandHint } from '../../parts/command-hint.tsx';
import { japanToday } from '../../shell/clock.ts';

type Pause = NonNullable<Job['paused']>;

/** Says over the jobs that the clock starts some or all of them no more, who paused them, why, and how it ends. */
export function PauseNote({ jobs }: { readonly jobs: readonly Job[] }) {
  const paused = jobs.flatMap(({ name, paused: pause }) => (pause === null ? [] : [{ name, pause }]));
  const [first] = paused;
  if (first === undefined) return null;
  const all = paused.find(({ pause }) => pause.all);
  const alone = paused.filter(({ pause }) => !pause.all);
  return (
    <div class="over-note" role="status">
      {all === undefined ? null : (
        <p>
          <strong>{text('jobs.paused.all')}</strong> <PauseWords pause={all.pause} />{' '}
          <CommandHint commands={['daytrade jobs resume']} />
        </p>
      )}
      {alone.map(({ name, pause }) => (
        <p key={name}>
          <strong>{text('jobs.paused.one', { job: jobLabel(name) })}</strong> <PauseWords pause={pause} />{' '}
          <CommandHint commands={[`daytrade jobs resume ${name}`]} />
        </p>
      ))}
    </div>
  );
}

function PauseWords({ pause: { at, by, reason } }: { readonly pause: Pause }) {
  return (
    <>
      {text('jobs.paused.since', { when: japanInstant(at, japanToday.value) })} <span lang="en">{by}</span>
      {reason === null ? null : (
        <>
          {' · '}
          <q lang="en">{reason}</q>
        </>
      )}
    </>
  );
}
