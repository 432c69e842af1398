import { missing } from '../model/format.ts';
import { Panel, Readout } from '../parts/layout.tsx';
import { Chart } from './chart.tsx';
import type { CurveChart } from './curve-chart.ts';

interface CurvePanelProps extends CurveChart {
  readonly title: string;
  readonly note: string;
}

/** Curves over time, with a readout of the session under the pointer, else of the newest one. */
export function CurvePanel({ title, note, ...content }: CurvePanelProps) {
  const { curves, format } = content;
  return (
    <Panel title={title} aside={<span class="quiet">{note}</span>}>
      <Chart
        label={title}
        content={content}
        mount={async (drawing) => (await import('./curve-chart.ts')).mountCurveChart(drawing)}
      >
        {(pointed) => {
          const date = pointed ?? curves[0]?.points.at(-1)?.session;
          const readings = curves.map(({ name, points, colour, stroke }) => {
            const value = points.find(({ session }) => session === date)?.value ?? null;
            return { name, value: value === null ? missing : format(value), key: `key ${colour} ${stroke}` };
          });
          return <Readout of={date} readings={readings} />;
        }}
      </Chart>
    </Panel>
  );
}
