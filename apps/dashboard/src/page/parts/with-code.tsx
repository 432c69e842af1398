import { commandLine } from '../shell/command-name.ts';

/** A sentence in which what stands between backticks is set as code, commands as they are called here. */
export function WithCode({ sentence }: { readonly sentence: string }) {
  return (
    <>
      {sentence
        .split('`')
        .map((part, index) => (index % 2 === 1 ? <code key={`${index}-${part}`}>{commandLine(part)}</code> : part))}
    </>
  );
}
