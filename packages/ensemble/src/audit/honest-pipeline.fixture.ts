import { type FeatureMatrix, nextSessionLogReturn, type Panel } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { type AuditedPipeline, type AuditSubject, auditSubject, dateAt } from './audited-pipeline.ts';
import { productPipeline } from './product-pipeline.ts';

export const symbols = 2;
export const makePanel = (sessionCount: number) => noisePanel({ symbolCount: symbols, sessionCount, seed: 3 });
export const panel = makePanel(8);
export const dates = Array.from(panel.days.keys(), (t) => dateAt(panel, t));
export const sessions = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);

export type ColumnMaker = (panel: Panel) => ArrayLike<number>;

export function toFeatures(columns: Readonly<Record<string, ColumnMaker>>): AuditedPipeline['features'] {
  return (some) => {
    const values = Object.values(columns).flatMap((make) => Array.from(make(some)));
    return { names: Object.keys(columns), rows: some.close.length, values: Float32Array.from(values) };
  };
}

/** The return of a row that ends with a later or an earlier session. */
export const returnUntil =
  (later: number): ColumnMaker =>
  ({ close }) =>
    close.map((price, row) => Math.log((close[row + later * symbols] ?? NaN) / price));

const means = ({ names, rows: height, values }: FeatureMatrix, rows: Int32Array) =>
  names.map((_, f) => [rows.reduce((sum, row) => sum + values[f * height + row]!, 0) / rows.length]);

/** Two columns that know nothing of the future, and a mean of each. */
export const honest: AuditedPipeline = {
  name: 'two columns',
  features: toFeatures({
    back: returnUntil(-1),
    range: ({ high, low }) => high.map((price, row) => price / low[row]!),
  }),
  label: nextSessionLogReturn,
  dates: (...input) => productPipeline().dates(...input),
  universe: ({ close }) => new Uint8Array(close.length).fill(1),
  splits: () => [],
  embargo: 1,
  scaler: (matrix, _label, rows) => ({
    mean: means(
      matrix,
      rows.filter((row) => row >= symbols),
    ),
  }),
  forecast: (_matrix, _label, _training, judged) => new Float64Array(judged.length),
};

export const toSubject = (parts: Partial<AuditedPipeline>, some = panel, probes = 2): AuditSubject =>
  auditSubject({ ...honest, ...parts }, some, probes);
