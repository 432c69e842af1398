import type { ComponentChildren } from 'preact';

interface StripFigureProps {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  readonly note?: string;
  readonly children?: ComponentChildren;
}

/** A figure of a strip with its name over it and a note below; within a `div` of class `strip`. */
export function StripFigure({ label, value, unit, note, children }: StripFigureProps) {
  return (
    <div class="strip-figure">
      <h2>{label}</h2>
      <p>
        <strong>{value}</strong>
        {unit === undefined ? null : <small> {unit}</small>}
      </p>
      {children}
      {note === undefined ? null : <p class="quiet">{note}</p>}
    </div>
  );
}
