import type { Separator } from './csv-lines.ts';

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const thousandsPattern = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
/** Between semicolons stand numbers of countries in which a comma is what a point is elsewhere. */
const eitherPattern = /^[+-]?\d{1,3},\d{3}$/;
/** What vendors write in the place of a price on a day without a trade. */
const noValues = new Set(['', '-', '--', '－', '―', '—', 'null']);

/** True for what stands in the place of a number that there is not. */
export function isNoValue(field: string): boolean {
  const first = field.charCodeAt(0);
  // A digit: nearly every field, in an inner loop.
  if (first >= 48 && first <= 57) return false;
  return noValues.has(field.trim());
}

/** A number as it was written, with or without commas between its thousands; NaN for any other text. */
export function parseNumber(field: string, separator: Separator): number {
  const text = field.trim();
  if (numberPattern.test(text)) return finite(Number(text));
  if (!thousandsPattern.test(text) || (separator === ';' && eitherPattern.test(text))) return Number.NaN;
  return finite(Number(text.replaceAll(',', '')));
}

/** Why a text is no number, naming both readings of one that has two. */
export function numberFault(name: string, field: string, separator: Separator): string {
  const found = JSON.stringify(field.slice(0, 40));
  const text = field.trim();
  if (separator === ';' && eitherPattern.test(text)) {
    const readings = `${text.replace(',', '')} or ${text.replace(',', '.')}`;
    return `${name}: ${found} between semicolons can be read as ${readings}; write it without the comma`;
  }
  return `${name}: expected a number, got ${found}`;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
