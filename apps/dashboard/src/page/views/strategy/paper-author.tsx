import { text } from '../../i18n/language.ts';

/** Who changed a book: this page, the job that looks after it, or a person by the name that was given. */
export function PaperAuthor({ by }: { readonly by: string }) {
  if (by === 'page') return <>{text('paper.by.page')}</>;
  if (by === 'paper-session') return <>{text('paper.by.job')}</>;
  return <span lang="en">{by}</span>;
}
