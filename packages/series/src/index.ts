export type { BarColumns } from './bars.ts';
export type { FeatureMatrix } from './feature-matrix.ts';
export type { Panel, PanelSymbol } from './panel.ts';
