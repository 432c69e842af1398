import { paperReason } from '../../i18n/paper.ts';

/** Why something ended: in the reader's language, or in the words of who wrote it. */
export function PaperReason({ reason }: { readonly reason: string }) {
  const { label, quoted } = paperReason(reason);
  return (
    <span class="paper-reason">
      {label}
      {label === '' || quoted === null ? null : ': '}
      {quoted === null ? null : <q lang="en">{quoted}</q>}
    </span>
  );
}
