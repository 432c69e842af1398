import { text } from '../i18n/language.ts';
import { Badge } from './badge.tsx';

/** The verdict on the skill in a direction, in the words of every view. */
export function DirectionBadge({ skilled }: { readonly skilled: boolean }) {
  return skilled ? (
    <Badge tone="good" label={text('direction.skilled')} />
  ) : (
    <Badge tone="plain" label={text('direction.unskilled')} />
  );
}
