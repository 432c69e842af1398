/** One line of a CSV file that is not blank. */
export interface CsvLine {
  /** The first line of the file is 1. */
  readonly line: number;
  readonly text: string;
}

/** The lines of a text that are not blank, one at a time; lines end in LF or CR LF. */
export function* csvLines(text: string): Generator<CsvLine> {
  let start = 0;
  for (let line = 1; start < text.length; line += 1) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const content = text.slice(start, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
    if (content.trim() !== '') yield { line, text: content };
    start = end + 1;
  }
}

/** The fields of a line. A field may stand in double quotes, with quotes in it doubled (RFC 4180). */
export function csvFields(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const character = line[i]!;
    if (character === '"' && quoted && line[i + 1] === '"') field += line[++i];
    else if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      fields.push(field);
      field = '';
    } else field += character;
  }
  return [...fields, field];
}
