import { language, text } from '../i18n/language.ts';

/** What a service said, which it says in English: at once to who reads English, else on request. */
export function OriginalWords({ words }: { readonly words: string }) {
  if (language.value === 'en') return <p>{words}</p>;
  return (
    <details class="original">
      <summary>{text('problem.original')}</summary>
      <p lang="en">{words}</p>
    </details>
  );
}
