import type { Separator } from './lines.ts';

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const thousandsPattern = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
/** Between semicolons stand numbers of countries in which a comma is what a point is elsewhere. */
const eitherPattern = /^[+-]?\d{1,3},\d{3}$/;
/** Texts of vendors for a missing price on a day without a trade. */
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
  const plain = plainDecimal(field);
  if (!Number.isNaN(plain)) return plain;
  const text = field.trim();
  if (numberPattern.test(text)) return finite(Number(text));
  if (!thousandsPattern.test(text) || (separator === ';' && eitherPattern.test(text))) return Number.NaN;
  return finite(Number(text.replaceAll(',', '')));
}

/** A volume, which may be written in thousands, millions or billions of shares, as 278.70K; NaN for any other text. */
export function parseVolume(field: string, separator: Separator): number {
  const text = field.trim();
  const unit = unitsOfVolume.get(text.at(-1)?.toUpperCase() ?? '');
  // The digits are few, so that rounding takes away only what the multiplication adds.
  return unit === undefined
    ? parseNumber(text, separator)
    : Math.round(parseNumber(text.slice(0, -1), separator) * unit);
}

const unitsOfVolume: ReadonlyMap<string, number> = new Map([
  ['K', 1e3],
  ['M', 1e6],
  ['B', 1e9],
]);

/** Why a text is no number, naming both readings of one that has two. */
export function numberFault(name: string, field: string, separator: Separator): string {
  const found = JSON.stringify(field.slice(0, 40));
  const text = field.trim();
  if (separator === ';' && eitherPattern.test(text)) {
    const readings = `${text.replace(',', '')} or ${text.replace(',', '.')}`;
    return `${name}: ${found} between semicolons can be read as ${readings}; write it without the comma`;
  }
  const remedy = decimalComma.test(text) ? '; write a decimal point in place of the comma' : '';
  return `${name}: expected a number, got ${found}${remedy}`;
}

const decimalComma = /^[+-]?\d+,\d+$/;

/** Digits of which every number is a float64. */
const exactDigits = 15;
/** Each is a float64. */
const powersOfTen = Array.from({ length: exactDigits + 1 }, (_, power) => 10 ** power);

/**
 * Reads digits with at most one point, as nearly every field is, in an inner loop. Both numbers are exact, so one
 * division rounds as `Number` does (Clinger 1990). NaN for any other text.
 */
function plainDecimal(text: string): number {
  let digits = 0;
  let value = 0;
  let point = -1;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      value = value * 10 + (code - 48);
      digits += 1;
    } else if (code === 46 && point < 0) point = digits;
    else return Number.NaN;
  }
  if (digits === 0 || digits > exactDigits) return Number.NaN;
  return point < 0 ? value : value / powersOfTen[digits - point]!;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
