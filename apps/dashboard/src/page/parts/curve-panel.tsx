import { useMemo, useState } from 'preact/hooks';
import { ChartPlace } from '../charts/chart-place.tsx';
import type { CurveChart } from '../charts/curve-chart.ts';
import { language } from '../i18n/language.ts';
import { missing } from '../model/format.ts';
import { Panel } from './panel.tsx';

interface CurvePanelProps {
  readonly title: string;
  readonly note: string;
  readonly area: string;
  readonly chart: CurveChart;
}

/** Curves over time with a legend that reads out the session pointed at, else the newest one. */
export function CurvePanel({ title, note, area, chart }: CurvePanelProps) {
  const [pointed, setPointed] = useState<string | undefined>(undefined);
  const content = JSON.stringify(chart.curves);
  const stable = useMemo(() => chart, [content, language.value]);
  const date = pointed ?? stable.curves[0]?.points.at(-1)?.session;
  return (
    <Panel title={title} area={area} aside={<span class="quiet">{note}</span>}>
      <dl class="readout">
        <div>
          <dd>
            <strong>{date}</strong>
          </dd>
        </div>
        {stable.curves.map(({ name, points, colour, stroke }) => {
          const value = points.find(({ session }) => session === date)?.value ?? null;
          return (
            <div key={name}>
              <dt class={`key line-${colour + 1} ${stroke}`}>{name}</dt>
              <dd>{value === null ? missing : stable.format(value)}</dd>
            </div>
          );
        })}
      </dl>
      <ChartPlace
        label={title}
        of={[stable]}
        mount={async (place, palette, shownLanguage) => {
          const { mountCurveChart } = await import('../charts/curve-chart.ts');
          return mountCurveChart(place, stable, palette, shownLanguage, setPointed);
        }}
      />
    </Panel>
  );
}
