import type { ComponentChildren } from 'preact';
import { isAway } from '../api/request.ts';
import { type Resource, useWatched } from '../api/resource.ts';
import { text } from '../i18n/language.ts';
import { japanTime } from '../model/japan-time.ts';
import { ProblemNote } from './notes.tsx';

interface ViewHeadProps {
  readonly title: ComponentChildren;
  /** Small, beside the title. */
  readonly note?: ComponentChildren;
  /** The resource whose age is shown. */
  readonly freshness: Resource<unknown>;
}

/** The head of a view: its title, and the age of its data. */
export function ViewHead({ title, note, freshness }: ViewHeadProps) {
  const answeredAt = freshness.answeredAt.value;
  return (
    <header class="view-head">
      <h1>{title}</h1>
      {note === undefined ? null : <p class="view-note">{note}</p>}
      <p class="view-age quiet">
        {answeredAt === undefined ? '' : text('app.updated', { time: japanTime(answeredAt).time })}
      </p>
    </header>
  );
}

interface LoadedProps<Body> {
  readonly from: Resource<Body>;
  readonly children: (body: Body) => ComponentChildren;
  /** Lines of the placeholder before the first answer. */
  readonly lines?: number | undefined;
}

/**
 * Shows a resource: a placeholder at first, then its problem, or its body with a note if it is stale. The problem of a
 * whole service is shown once, over the view.
 */
export function Loaded<Body>({ from, children, lines = 4 }: LoadedProps<Body>) {
  useWatched(from);
  const body = from.body.value;
  const problem = from.problem.value;
  if (body === undefined) {
    if (problem === undefined) return <Placeholder lines={lines} />;
    if (isAway(problem)) return <p class="quiet">{text('away.place')}</p>;
    return <ProblemNote problem={problem} onRetry={() => void from.refresh()} />;
  }
  return (
    <>
      {problem === undefined || isAway(problem) ? null : (
        <ProblemNote problem={problem} note={staleNote(from.answeredAt.value)} />
      )}
      {children(body)}
    </>
  );
}

/** Returns the note that the shown data is of an earlier time; undefined without data. */
export function staleNote(answeredAt: number | undefined): string | undefined {
  return answeredAt === undefined ? undefined : text('app.stale', { time: japanTime(answeredAt).time });
}

/** Lines in the place of what is not there yet. */
export function Placeholder({ lines }: { readonly lines: number }) {
  return (
    <div class="placeholder" role="status">
      <span class="unseen">{text('app.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="placeholder-line" />
      ))}
    </div>
  );
}

export interface PanelProps {
  readonly title: string;
  /** A figure or a control at the right of the title. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A titled part of a view. */
export function Panel({ title, aside, children }: PanelProps) {
  return (
    <section class="panel" aria-label={title}>
      <header class="panel-head">
        <h2>{title}</h2>
        {aside === undefined ? null : <div class="panel-aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}

/** A panel that shows a resource. */
export function LoadedPanel<Body>({
  from,
  lines,
  children,
  ...panel
}: Omit<PanelProps, 'children'> & LoadedProps<Body>) {
  return (
    <Panel {...panel}>
      <Loaded from={from} lines={lines}>
        {children}
      </Loaded>
    </Panel>
  );
}

export interface Figure {
  readonly label: string;
  readonly value: ComponentChildren;
}

/** Names and figures in two aligned columns. */
export function FigureList({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl class="figures">
      {figures.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface StripFigure {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  readonly note?: string;
  readonly graphic?: ComponentChildren;
}

/** Figures side by side, each under its name and over a note. */
export function Strip({ figures }: { readonly figures: readonly StripFigure[] }) {
  return (
    <div class="strip">
      {figures.map(({ label, value, unit, note, graphic }) => (
        <div key={label} class="strip-figure">
          <h2>{label}</h2>
          <p>
            <strong>{value}</strong>
            {unit === undefined ? null : <small> {unit}</small>}
          </p>
          {graphic}
          {note === undefined ? null : <p class="quiet">{note}</p>}
        </div>
      ))}
    </div>
  );
}

interface Reading {
  readonly name: string;
  readonly value: ComponentChildren;
  /** The class of its name, for example of the line in a chart. */
  readonly key?: string;
  /** The class of the reading, for example of an outcome. */
  readonly kind?: string;
  /** The name is for screen readers alone. */
  readonly unnamed?: boolean;
}

interface ReadoutProps {
  /** The shown moment: a session, or a time of the day. */
  readonly of: string | undefined;
  /** The name of the moment; default: the date. */
  readonly name?: string;
  readonly readings: readonly Reading[];
}

/** The figures of a moment in a chart, in one line. */
export function Readout({ of, name: nameOf = text('column.date'), readings }: ReadoutProps) {
  return (
    <dl class="readout">
      <div>
        <dt class="unseen">{nameOf}</dt>
        <dd>
          <strong>{of}</strong>
        </dd>
      </div>
      {readings.map(({ name, value, key, kind, unnamed }) => (
        <div key={name} class={kind}>
          <dt class={unnamed === true ? 'unseen' : key}>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The keys of a chart, each with its class. */
export function Legend({ keys }: { readonly keys: readonly (readonly [kind: string, label: string])[] }) {
  return (
    <p class="legend">
      {keys.map(([kind, label]) => (
        <span key={kind} class={`key ${kind}`}>
          {label}
        </span>
      ))}
    </p>
  );
}
