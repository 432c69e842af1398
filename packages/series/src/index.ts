export * from './arrays.ts';
export { buildPanel, type PanelInput, slicePanel } from './build-panel.ts';
export { buildSessionPath, sessionSnapshot } from './build-session-path.ts';
export type { FeatureMatrix } from './feature.ts';
export {
  featureDefinitions,
  featureFormula,
  featureNames,
  rankNames,
  sessionWideNames,
} from './feature-catalogue.ts';
export { computeFeatures, FeatureStream } from './feature-stream.ts';
export { knownMornings, overnightReturns } from './known-mornings.ts';
export { type LimitBands, type LimitedSymbol, LimitTracks, limitColumns } from './limit-tracks.ts';
export { assertVaries, auditFeature, type FeatureFile, featureOfFile, isSame, ownColumn } from './own-feature.ts';
export {
  type BarColumns,
  type BarRows,
  barNames,
  barValues,
  type IntradayColumns,
  type LogReturn,
  type LogReturnColumn,
  mapBars,
  mapDividends,
  mapOwn,
  nextSessionLogReturn,
  type OwnColumn,
  type Panel,
  type PanelDividends,
  type PanelSymbol,
  type SessionBars,
  type SessionIndex,
  sessionBars,
} from './panel.ts';
export * from './panel-dividends.ts';
export * from './random.ts';
export * from './results-calendar.ts';
export {
  barMilliseconds,
  type SessionPath,
  type SessionSnapshot,
  snapshotAt,
  snapshotAtOpen,
  snapshotAtPrice,
  snapshotBeforeOpen,
} from './session-path.ts';
