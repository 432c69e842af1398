export interface CsvLine {
  /** The first line of the file is 1. */
  readonly line: number;
  readonly text: string;
  /** Position of the line's first character in the text. */
  readonly start: number;
}

/** Separator of the fields of a line. */
export type Separator = ',' | ';' | '\t';

/** Separators by the words for them. */
export const separatorWords: Readonly<Record<Separator, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };

export type LineStart = Pick<CsvLine, 'line' | 'start'>;

/** The lines of a text that are not blank, one at a time; lines end in LF or CR LF. */
export function* csvLines(text: string, from: LineStart = { line: 1, start: 0 }): Generator<CsvLine> {
  let { start } = from;
  for (let { line } = from; start < text.length; line += 1) {
    const found = lineAt(text, start);
    if (found.text.trim() !== '') yield { line, text: found.text, start };
    start = found.next;
  }
}

/** The line that begins at a position, without its end, and the position of the next one. */
export function lineAt(text: string, start: number): { readonly text: string; readonly next: number } {
  const newline = text.indexOf('\n', start);
  const end = newline < 0 ? text.length : newline;
  return { text: text.slice(start, end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end), next: end + 1 };
}

/** The fields of a line. A field may stand in double quotes, with quotes in it doubled (RFC 4180). */
export function csvFields(line: string, separator: Separator = ','): string[] {
  if (!line.includes('"')) return line.split(separator);
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const character = line[i]!;
    if (character === '"' && quoted && line[i + 1] === '"') field += line[++i];
    else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      fields.push(field);
      field = '';
    } else field += character;
  }
  return [...fields, field];
}

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
