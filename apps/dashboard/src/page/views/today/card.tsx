import type { ComponentChildren } from 'preact';
import { hashOf, type ViewName } from '../../shell/route.ts';

interface CardProps {
  readonly title: string;
  /** Where more about it is. */
  readonly view: ViewName;
  readonly children: ComponentChildren;
}

/** One of the figures over the table. */
export function Card({ title, view, children }: CardProps) {
  return (
    <section class="card" aria-label={title}>
      <h2>
        <a href={hashOf(view)}>{title}</a>
      </h2>
      {children}
    </section>
  );
}
