import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { language, text } from '../i18n/language.ts';

const systemPrefersDark = window.matchMedia('(prefers-color-scheme: dark)');
const isDark = signal(systemPrefersDark.matches);
systemPrefersDark.addEventListener('change', ({ matches }) => {
  isDark.value = matches;
});

/** The colours of charts with the variables of the style sheet that they follow. */
const variables = {
  surface: 'surface',
  quiet: 'ink-quiet',
  rule: 'rule-faint',
  up: 'up',
  down: 'down',
  interval: 'interval',
  intervalFill: 'interval-fill',
  lateFill: 'late-fill',
  outside: 'outside',
  objective: 'objective',
  line1: 'line-1',
  line2: 'line-2',
  line3: 'line-3',
} as const;

/** The colours and the font of the page in its present theme. */
export type Palette = Readonly<Record<keyof typeof variables | 'font', string>>;

export interface Drawing<Content> {
  readonly place: HTMLElement;
  readonly content: Content;
  readonly palette: Palette;
  readonly language: string;
  /** Is called with the session under the pointer. */
  readonly onPoint: (date: string | undefined) => void;
}

export interface MountedChart {
  remove(): void;
}

interface ChartProps<Content, Mounted> {
  readonly label: string;
  /** The chart is drawn again when this, the theme or the language changes. */
  readonly content: Content;
  readonly mount: (drawing: Drawing<Content>) => Promise<Mounted>;
  /** Is given the chart that is shown. */
  readonly shown?: { current: Mounted | undefined };
  /** The readout of the session under the pointer. */
  readonly children: (pointed: string | undefined) => ComponentChildren;
}

/** A chart with its figures above it. The chart library is loaded for the first chart. */
export function Chart<Content, Mounted extends MountedChart>(props: ChartProps<Content, Mounted>) {
  const { label, content, mount, shown, children } = props;
  const [pointed, onPoint] = useState<string | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);
  const shownTheme = isDark.value;
  const shownLanguage = language.value;
  // The content is read again every half minute, mostly unchanged.
  const drawn = JSON.stringify(content);
  useEffect(() => {
    if (place.current === null) return undefined;
    let chart: MountedChart | undefined;
    let gone = false;
    const drawing = { place: place.current, content, palette: readPalette(), language: shownLanguage, onPoint };
    void mount(drawing).then((mounted) => {
      if (gone) return mounted.remove();
      chart = mounted;
      if (shown !== undefined) shown.current = mounted;
    });
    return () => {
      gone = true;
      if (shown !== undefined) shown.current = undefined;
      chart?.remove();
    };
  }, [shownTheme, shownLanguage, drawn]);
  return (
    <>
      {children(pointed)}
      <div ref={place} class="chart" role="img" aria-label={label} />
    </>
  );
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colours = Object.entries(variables).map(([name, variable]) => [
    name,
    style.getPropertyValue(`--${variable}`).trim(),
  ]);
  return { ...Object.fromEntries(colours), font: style.fontFamily } as Palette;
}

/** Names the makers of the chart library, as its licence asks. */
export function ChartCredit() {
  return (
    <p class="credit">
      <a href="https://www.tradingview.com/" rel="noopener noreferrer" target="_blank">
        {text('app.charts')}
      </a>
    </p>
  );
}
