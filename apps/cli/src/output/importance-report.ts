import type { ForecastExplanation, Importance } from '@daytrade/contracts';
import { say, translated } from '../language/language.ts';
import { percent, syntheticMark } from './format.ts';
import { right, table } from './table.ts';

/** Rows of each table; features below these have next to no effect. */
const shown = 15;

const demotion =
  'The ensemble is demoted: the EWMA interval around the last close is published, and this is what the ensemble ' +
  'would forecast.';

/**
 * Reports the features with an effect on a model's forecasts, and one forecast as a sum.
 *
 * @param asked the symbol whose forecast was asked for
 */
export function importanceReport(importance: Importance, asked?: string): string {
  const { version, synthetic, lastSession, symbols, forecast } = importance;
  const heading = `${syntheticMark(synthetic)}${say`${version}: forecasts of ${symbols} symbols after ${lastSession}`}`;
  return [
    heading,
    ...(importance.demoted ? [say(demotion)] : []),
    featureTable(importance),
    ...(forecast === null ? [] : [forecastTable(forecast)]),
    ...(forecast !== null || asked === undefined
      ? []
      : [say`${asked} has no forecast after ${lastSession}: it has no bar there.`]),
  ].join('\n\n');
}

const meaning =
  "Mean size of a feature's effect on a forecast; gain is its share in the splits of the trees, without the " +
  'regressions.';

function featureTable({ features }: Importance): string {
  const rows = table(features.slice(0, shown), {
    feature: ({ name }) => name,
    width: right(({ logScale }) => percent(logScale)),
    centre: right(({ centreBp }) => `${centreBp.toFixed(2)} bp`),
    'gain, width': right(({ scaleGain }) => percent(scaleGain)),
    'gain, centre': right(({ centreGain }) => percent(centreGain)),
    'what it is': ({ description }) => translated(description),
  });
  return `${rows}\n${say(meaning)}`;
}

function forecastTable(forecast: ForecastExplanation): string {
  const parts = forecast.contributions.toSorted((a, b) => Math.abs(b.logScale) - Math.abs(a.logScale));
  const rest = parts.slice(shown);
  const sum = (of: 'centreBp' | 'logScale') => rest.reduce((total, part) => total + part[of], 0);
  const row = (name: string, logScale: number, centreBp: number) => [name, signed(100 * logScale), signed(centreBp)];
  const rows = [
    row(say`nothing known`, forecast.logScaleBase, forecast.centreBaseBp),
    ...parts.slice(0, shown).map(({ name, logScale, centreBp }) => row(name, logScale, centreBp)),
    row(say`${rest.length} others`, sum('logScale'), sum('centreBp')),
    row(say`together`, forecast.logScaleTotal, forecast.centreTotalBp),
  ];
  return table(rows, {
    [forecast.symbol]: ([name]) => name,
    'ln width x 100': right(([, logScale]) => logScale),
    'centre bp': right(([, , centreBp]) => centreBp),
  });
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(2)}`;
}
