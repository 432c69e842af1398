import type { PaperBookState } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { japanToday } from '../../shell/clock.ts';
import { PaperAuthor } from './paper-author.tsx';
import { PaperReason } from './paper-reason.tsx';

/** Says that nothing is sent, since when, by whom, and why. */
export function HaltNote({ halted }: { readonly halted: PaperBookState['halted'] }) {
  if (halted === null) return null;
  return (
    <p class="over-note" role="status">
      <strong>{text('paper.halted')}</strong> {text('paper.since', { when: japanInstant(halted.at, japanToday.value) })}{' '}
      <PaperAuthor by={halted.by} /> · <PaperReason reason={halted.reason} />
    </p>
  );
}
