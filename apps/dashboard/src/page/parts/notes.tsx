import type { ComponentChildren } from 'preact';
import type { PageProblem } from '../api/request.ts';
import { commandLine } from '../api/services.ts';
import { language, text } from '../i18n/language.ts';
import { companyLabel } from '../i18n/names.ts';
import { problemTexts } from '../i18n/problems.ts';
import { Icon } from './icon.tsx';

export type Tone = 'good' | 'bad' | 'warn' | 'live' | 'plain';

/** A short state in words, with a dot so that colour is not the only sign. */
export function Badge({ tone, label }: { readonly tone: Tone; readonly label: string }) {
  return <span class={`badge ${tone}`}>{label}</span>;
}

export function DirectionBadge({ skilled }: { readonly skilled: boolean }) {
  return (
    <Badge tone={skilled ? 'good' : 'plain'} label={text(skilled ? 'direction.skilled' : 'direction.unskilled')} />
  );
}

interface TwoLinesProps {
  readonly first: ComponentChildren;
  readonly second: ComponentChildren;
}

/** A cell of a table with a second, small line. */
export function TwoLines({ first, second }: TwoLinesProps) {
  return (
    <span class="two-lines">
      <span>{first}</span>
      <small>{second}</small>
    </span>
  );
}

/** The mark of a row with invented data. */
export function SyntheticMark() {
  return <span class="synthetic-mark">{text('synthetic.label')}</span>;
}

/** The name of a company, in English for a reader of English where it has one. */
export function CompanyName({ name, synthetic = false }: { readonly name: string; readonly synthetic?: boolean }) {
  const label = companyLabel(name);
  return (
    <>
      <span {...(label === name ? { lang: 'ja' } : {})}>{label}</span>
      {synthetic ? <SyntheticMark /> : null}
    </>
  );
}

export function CommandHint({ commands }: { readonly commands: readonly string[] }) {
  return (
    <span class="commands">
      {commands.map((command) => (
        <code key={command}>{commandLine(command)}</code>
      ))}
    </span>
  );
}

interface EmptyNoteProps {
  readonly message: string;
  readonly commands?: readonly string[];
}

/** The note in an empty place, with the commands that fill it. */
export function EmptyNote({ message, commands = [] }: EmptyNoteProps) {
  return (
    <div class="empty">
      <p>{message}</p>
      {commands.length === 0 ? null : <CommandHint commands={commands} />}
    </div>
  );
}

/** The English words of a service: at once for a reader of English, else on request. */
export function OriginalWords({ words }: { readonly words: string }) {
  if (language.value === 'en') return <p>{words}</p>;
  return (
    <details class="original">
      <summary>{text('problem.original')}</summary>
      <p lang="en">{words}</p>
    </details>
  );
}

/** A sentence with code between backticks. Commands have the name that the reader has them under. */
export function WithCode({ sentence }: { readonly sentence: string }) {
  return (
    <>
      {sentence
        .split('`')
        .map((part, index) => (index % 2 === 1 ? <code key={`${index}-${part}`}>{commandLine(part)}</code> : part))}
    </>
  );
}

interface ProblemNoteProps {
  readonly problem: PageProblem;
  /** In place of the problem's own title. */
  readonly title?: string;
  /** The state of the page in spite of the problem. */
  readonly note?: string | undefined;
  readonly onRetry?: () => void;
}

/** A problem document: the problem, the service's own words, and the remedy. */
export function ProblemNote({ problem, title, note, onRetry }: ProblemNoteProps) {
  const texts = problemTexts(problem);
  return (
    <div class="problem" role="alert">
      <Icon name="warning" />
      <div>
        <strong>{title ?? texts.title}</strong>
        {note === undefined ? null : <span class="problem-note">{note}</span>}
        <OriginalWords words={problem.detail} />
        <p class="quiet">
          <WithCode sentence={texts.remedy} />
        </p>
        {onRetry === undefined ? null : (
          <button type="button" class="button small" onClick={onRetry}>
            {text('app.retry')}
          </button>
        )}
      </div>
    </div>
  );
}
