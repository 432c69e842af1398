import { text } from '../i18n/language.ts';

export type Tone = 'good' | 'bad' | 'warn' | 'live' | 'plain';

/** A short state in words, with a dot so that colour is not the only sign. */
export function Badge({ tone, label }: { readonly tone: Tone; readonly label: string }) {
  return <span class={`badge ${tone}`}>{label}</span>;
}

/** The verdict on the skill in a direction, in the words of every view. */
export function DirectionBadge({ skilled }: { readonly skilled: boolean }) {
  return (
    <Badge tone={skilled ? 'good' : 'plain'} label={text(skilled ? 'direction.skilled' : 'direction.unskilled')} />
  );
}
