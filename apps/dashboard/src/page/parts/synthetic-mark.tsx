import { text } from '../i18n/language.ts';

/** Marks a row whose data is invented. */
export function SyntheticMark() {
  return <span class="synthetic-mark">{text('synthetic.label')}</span>;
}
