import { predictions } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { CommandHint } from '../../parts/command-hint.tsx';

/** Says that what is predicted has happened already, and how old the bars are that it was made from. */
export function OverNote({ session }: { readonly session: string }) {
  const age = predictions.body.value?.barsAge ?? null;
  if (age === null) return null;
  const { newest, sessionsBehind: sessions, daysBehind: days } = age;
  return (
    <p class="over-note" role="status">
      {text('predictions.over', { session, newest, sessions, days })}{' '}
      <CommandHint commands={['daytrade import FOLDER', 'daytrade predict']} />
    </p>
  );
}
