import type { ComponentChildren } from 'preact';

/** A figure with its name. */
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
