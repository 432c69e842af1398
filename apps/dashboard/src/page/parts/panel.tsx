import type { ComponentChildren } from 'preact';

interface PanelProps {
  readonly title: string;
  /** A figure or a control at the right of the title. */
  readonly aside?: ComponentChildren;
  readonly area?: string;
  readonly children: ComponentChildren;
}

/** A titled part of a view. `area` names its place in the view's grid. */
export function Panel({ title, aside, area, children }: PanelProps) {
  return (
    <section class={`panel${area === undefined ? '' : ` area-${area}`}`} aria-label={title}>
      <header class="panel-head">
        <h2>{title}</h2>
        {aside === undefined ? null : <div class="panel-aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
