import {
  FieldColorBuilder,
  FieldColorModeId,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatPanel } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TablePanel } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeriesPanel } from '@grafana/grafana-foundation-sdk/timeseries';

/** The data source that the chart provisions. */
const prometheus = { type: 'prometheus', uid: 'prometheus' };

/** One line of a panel: a PromQL expression and how it is called, with labels in `{{braces}}`. */
export interface Query {
  readonly expression: string;
  readonly legend: string;
}

/** The fields of every panel. Units are Grafana's: `percentunit`, `s`, `reqps`, `short`, … */
export interface PanelText {
  readonly title: string;
  readonly description: string;
  readonly unit: string;
}

/** A limit that colours a value: from here on it has that colour. The first one has no `from`. */
export interface Step {
  readonly from: number | null;
  readonly color: 'green' | 'orange' | 'red';
}

/** A curve over time, half of the width. */
export function curve(text: PanelText, queries: readonly Query[]): TimeSeriesPanel {
  return new TimeSeriesPanel()
    .title(text.title)
    .description(text.description)
    .unit(text.unit)
    .datasource(prometheus)
    .targets(queries.map((query, index) => rangeQuery(query, index)))
    .noValue('nothing yet')
    .height(8)
    .span(12);
}

/** One number, a quarter of the width, coloured by its limits. */
export function figure(text: PanelText, query: Query, steps: readonly Step[]): StatPanel {
  return new StatPanel()
    .title(text.title)
    .description(text.description)
    .unit(text.unit)
    .datasource(prometheus)
    .withTarget(instantQuery(query))
    .thresholds(
      new ThresholdsConfigBuilder()
        .mode(ThresholdsMode.Absolute)
        .steps(steps.map(({ from, color }) => ({ value: from, color }))),
    )
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .noValue('nothing yet')
    .height(5)
    .span(6);
}

/** The present values as rows, the whole width. */
export function table(text: PanelText, query: Query): TablePanel {
  return new TablePanel()
    .title(text.title)
    .description(text.description)
    .unit(text.unit)
    .datasource(prometheus)
    .withTarget(instantQuery(query).format(PromQueryFormat.Table))
    .noValue('none')
    .height(8)
    .span(24);
}

function rangeQuery({ expression, legend }: Query, index: number): DataqueryBuilder {
  return new DataqueryBuilder()
    .expr(expression)
    .legendFormat(legend)
    .range()
    .refId(String.fromCharCode(65 + index));
}

function instantQuery({ expression, legend }: Query): DataqueryBuilder {
  return new DataqueryBuilder().expr(expression).legendFormat(legend).instant().refId('A');
}
