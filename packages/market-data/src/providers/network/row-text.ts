const longestRow = 400;

/** A row as it came, for the quarantine. */
export function textOfRow(row: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(row).slice(0, longestRow);
}

/** A value of the wire in a message. */
export function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 40);
}
