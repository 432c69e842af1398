import type { FeatureMatrix } from '../feature.ts';
import { featureNames } from '../feature-catalogue.ts';
import { FeatureStream } from '../feature-stream.ts';
import type { Panel } from '../panel.ts';

/**
 * All features of a panel in 64 bits, as they are computed before they are rounded: for tests that look for differences
 * which rounding would hide, or make larger.
 */
export function unroundedFeatures(panel: Panel): FeatureMatrix<Float64Array> {
  const rows = panel.days.length * panel.symbols.length;
  const matrix = { names: featureNames, rows, values: new Float64Array(rows * featureNames.length) };
  new FeatureStream(panel.symbols.length).pushPanel(panel, 0, panel.days.length, matrix);
  return matrix;
}
