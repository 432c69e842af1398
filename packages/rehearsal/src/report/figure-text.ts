import type { Figure } from '../steps/figure.ts';
import type { Words } from './words-english.ts';

/** A figure's value with its unit: `12.3 s`, `9,000`, `US$ 2,051`. */
export function valueText({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) return '–';
  if (unit === 'US$') return `US$ ${Math.round(value).toLocaleString('en-US')}`;
  if (unit === '') return value.toLocaleString('en-US');
  if (unit === 's' && value >= 120) return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${unit}`;
}

/** What the figure has to be, in words; undefined for one that is only told. */
export function barText({ bar, unit }: Figure, words: Words): string | undefined {
  if (bar === undefined) return undefined;
  if ('most' in bar) return words.most(valueText({ value: bar.most, unit }));
  if ('least' in bar) return words.least(valueText({ value: bar.least, unit }));
  return words.exactly(valueText({ value: bar.is, unit }));
}
