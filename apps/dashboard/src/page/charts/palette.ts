/** The page's colours, read from the style sheet so that charts follow the theme. */
export interface Palette {
  readonly surface: string;
  readonly ink: string;
  readonly quiet: string;
  readonly rule: string;
  readonly up: string;
  readonly down: string;
  readonly interval: string;
  readonly intervalFill: string;
  readonly lateFill: string;
  readonly outside: string;
  readonly objective: string;
  readonly lines: readonly [string, string, string];
  readonly font: string;
}

/** Reads the palette of the theme that is shown now. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    surface: colour('surface'),
    ink: colour('ink'),
    quiet: colour('ink-quiet'),
    rule: colour('rule-faint'),
    up: colour('up'),
    down: colour('down'),
    interval: colour('interval'),
    intervalFill: colour('interval-fill'),
    lateFill: colour('late-fill'),
    outside: colour('outside'),
    objective: colour('objective'),
    lines: [colour('line-1'), colour('line-2'), colour('line-3')],
    font: style.fontFamily,
  };
}
