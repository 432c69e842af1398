/**
 * One line of a CSV file without its end, as `csvFields` reads it back (RFC 4180): a field with a comma, a quote or a
 * line break stands in double quotes. A number is written so that the same number is read; null is an empty field.
 */
export function csvRow(values: readonly (string | number | boolean | null)[]): string {
  return values.map((value) => csvField(value === null ? '' : String(value))).join(',');
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
