import { useEffect, useRef } from 'preact/hooks';
import { language } from '../i18n/language.ts';
import { theme } from '../shell/theme.ts';
import type { MountedChart } from './mounted-chart.ts';
import { type Palette, readPalette } from './palette.ts';

interface ChartPlaceProps {
  /** What the chart shows, in words. */
  readonly label: string;
  /** Draws the chart; called again when the theme, the language or one of `of` changes. */
  readonly mount: (place: HTMLElement, palette: Palette, language: string) => Promise<MountedChart>;
  readonly of: readonly unknown[];
}

/** Where a chart stands. Charts are loaded when the first one is shown. */
export function ChartPlace({ label, mount, of }: ChartPlaceProps) {
  const place = useRef<HTMLDivElement>(null);
  const shownTheme = theme.value;
  const shownLanguage = language.value;
  useEffect(() => {
    if (place.current === null) return undefined;
    let chart: MountedChart | undefined;
    let gone = false;
    void mount(place.current, readPalette(), shownLanguage).then((mounted) => {
      if (gone) mounted.remove();
      else chart = mounted;
    });
    return () => {
      gone = true;
      chart?.remove();
    };
  }, [shownTheme, shownLanguage, ...of]);
  return <div ref={place} class="chart" role="img" aria-label={label} />;
}
