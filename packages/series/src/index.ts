export type { BarColumns } from './bars.ts';
export { buildPanel, type PanelInput, slicePanel } from './build-panel.ts';
export { buildSessionPath, sessionSoFar } from './build-session-path.ts';
export {
  featureDefinitions,
  featureFormula,
  rankNames,
  scaleFreeNames,
  sessionWideNames,
} from './feature-catalogue.ts';
export type { FeatureMatrix } from './feature-matrix.ts';
export { computeFeatures, FeatureStream } from './feature-stream.ts';
export { firstAfter, firstAtOrAfter } from './first-at-or-after.ts';
export type { IntradayColumns } from './intraday-columns.ts';
export { knownMornings, overnightReturns } from './known-mornings.ts';
export { type LogReturn, type LogReturnColumn, nextSessionLogReturn } from './labels.ts';
export { type LimitBands, type LimitedSymbol, LimitTracks, limitColumns } from './limit-tracks.ts';
export { noiseIntradayBars } from './noise-intraday-bars.ts';
export { type NoisePanelOptions, noisePanel, normal } from './noise-panel.ts';
export { normalDistribution, normalQuantile } from './normal-distribution.ts';
export type { Panel, PanelDividends, PanelSymbol, SessionIndex } from './panel.ts';
export { dividendColumns, dividendsOf, panelDividends, type SessionDividend } from './panel-dividends.ts';
export { type PriceChange, pricesAsOf } from './prices-as-of.ts';
export { resampleBlocks } from './resample-blocks.ts';
export {
  eveningInstant,
  type ForecastMoment,
  type ResultsAnnouncement,
  type ResultsCalendar,
  type ResultsClass,
  resultsClass,
} from './results-calendar.ts';
export { deriveSeed, type RandomSource, seededRandom } from './seeded-random.ts';
export { type BarRows, type SessionBars, sessionBars } from './session-bars.ts';
export { type SessionPath, type SessionSoFar, soFarAt, soFarAtOpen, soFarBeforeOpen } from './session-path.ts';
export { barMilliseconds } from './session-so-far.ts';
export { onSharedMemory, sharedArray, sharedFeatures } from './shared-memory.ts';
