import type { InDayHorizon } from '@daytrade/market';
import {
  buildSessionPath,
  type FeatureMatrix,
  type IntradayColumns,
  type LogReturnColumn,
  type Panel,
} from '@daytrade/series';
import { buildInDayDataset } from '../../in-day/in-day-dataset.ts';

/** What the forecasts within the day are made from, as it is stored: 5-minute bars by symbol of the panel. */
export interface WithinDayBars {
  readonly panel: Panel;
  readonly bars: readonly (IntradayColumns | undefined)[];
  readonly overnight?: LogReturnColumn | undefined;
  readonly vix?: Float64Array | undefined;
}

/** The way from bars to the columns of one horizon, which the audit calls again on other bars. */
export interface WithinDayPipeline {
  readonly name: string;
  /** Row `t * symbols + s` is what the forecast of the close of session t + 1 knows, at the horizon's time of it. */
  columns(bars: WithinDayBars, horizon: InDayHorizon): FeatureMatrix;
}

/** What the product knows at a horizon: the columns of its scale and centre, and the price that it starts from. */
export const productWithinDay: WithinDayPipeline = {
  name: 'within the day',
  columns: ({ panel, bars, overnight, vix }, horizon) => {
    const time = horizon.slice('close@'.length);
    const path = buildSessionPath(panel, bars, time === 'open' ? [] : [time]);
    const dataset = buildInDayDataset({ panel, path, overnight, vix }, horizon);
    const { scaleColumns, centreColumns, close, scale } = dataset;
    const columns = [scaleColumns.values, centreColumns.values, close, scale];
    const values = new Float32Array(columns.reduce((length, column) => length + column.length, 0));
    let from = 0;
    for (const column of columns) {
      values.set(column, from);
      from += column.length;
    }
    return { names: [...scaleColumns.names, ...centreColumns.names, 'price', 'scale'], rows: close.length, values };
  },
};
